import type { Field } from "./field.ts";
import { isLogical } from "./mongo-operators.ts";
import { isPlainObject, type PlainObject } from "./plain-object.ts";
import { isWrapper, SCALARS } from "./scalar.ts";

/** Where a condition stands. */
export interface ShapePlace {
  /** Inside `$elemMatch`: on one element of a list. */
  inElement?: boolean;
}

/** A shape that a condition on a field may have. */
interface ConditionShape {
  /** Whether the input has this shape. Exactly one shape of a table fits any input. */
  fits: (input: unknown) => boolean;
  /** Whether it may stand on the field. */
  mayStandOn: (field: Pick<Field, "kind" | "within">, place: ShapePlace) => boolean;
}

const isScalar = ({ kind }: Pick<Field, "kind">) => Object.hasOwn(SCALARS, kind);
const anywhere = () => true;

/**
 * Every shape of a condition on a field. The parser and the schema of the OpenAPI document are both made from this table, each with one function
 * for each shape, so that a shape which only one of them knows does not compile.
 */
export const CONDITION_SHAPES = shapeTable({
  /** `null`: no value. */
  null: { fits: (input) => input === null, mayStandOn: anywhere },
  /** `"Busy"`, or `{"_type": "ObjectID", "value": …}`. */
  value: {
    fits: (input) =>
      isWrapper(input) || !(input === null || Array.isArray(input) || isPlainObject(input)),
    mayStandOn: isScalar,
  },
  /** `["Busy", null]`: one of the values. */
  list: { fits: Array.isArray, mayStandOn: isScalar },
  /** `{"_type": "Search", "value": "x"}`. */
  operator: { fits: (input) => isNamed(input) && !isMultiSearch(input), mayStandOn: anywhere },
  /** `{"$gt": 1}`. */
  tests: { fits: (input) => isOperators(input) && !isTyped(input), mayStandOn: anywhere },
  /** `{"title": "x"}`: conditions on the names inside. */
  names: {
    fits: (input) => isPlainObject(input) && !isOperators(input),
    mayStandOn: ({ kind, within }) => within !== undefined && kind !== "objects",
  },
  /** `{"_type": "MultiSearch", …}`: in several fields, so that it stands under any name. */
  search: { fits: isMultiSearch, mayStandOn: (_field, { inElement }) => inElement !== true },
});

/** Name of a shape of conditions on a field. */
export type ConditionShapeName = keyof typeof CONDITION_SHAPES;

/** Every shape of what `$elemMatch` takes. */
export const ELEMENT_SHAPES = shapeTable({
  tests: { fits: (input) => isOperators(input), mayStandOn: ({ kind }) => kind !== "objects" },
  names: {
    fits: (input) => !isOperators(input),
    mayStandOn: ({ within }) => within !== undefined,
  },
});

/** Name of a shape of what `$elemMatch` takes. */
export type ElementShapeName = keyof typeof ELEMENT_SHAPES;

function shapeTable<Name extends string>(
  shapes: Readonly<Record<Name, ConditionShape>>,
): Readonly<Record<Name, ConditionShape>> {
  return shapes;
}

/** The shape of a table that an input has. */
export function shapeOf<Name extends string>(
  shapes: Readonly<Record<Name, ConditionShape>>,
  input: unknown,
): Name {
  const names = Object.keys(shapes) as Name[];
  const name = names.find((one) => shapes[one].fits(input));
  if (name === undefined) throw new Error("an input of no shape");
  return name;
}

/** The shapes of a table that may stand on a field. */
export function shapesOn<Name extends string>(
  shapes: Readonly<Record<Name, ConditionShape>>,
  field: Pick<Field, "kind" | "within">,
  place: ShapePlace,
): Name[] {
  return (Object.keys(shapes) as Name[]).filter((name) => shapes[name].mayStandOn(field, place));
}

/** True for a `MultiSearch`. */
export function isMultiSearch(input: unknown): input is PlainObject {
  return isPlainObject(input) && input["_type"] === "MultiSearch";
}

function isTyped(input: unknown): boolean {
  return isPlainObject(input) && Object.hasOwn(input, "_type");
}

function isNamed(input: unknown): boolean {
  return isTyped(input) && !isWrapper(input);
}

// Its keys distinguish operators from conditions by name; `$and`, `$or`, `$nor` join conditions.
function isOperators(input: unknown): boolean {
  return (
    isPlainObject(input) &&
    Object.keys(input).some((key) => key === "_type" || (key.startsWith("$") && !isLogical(key)))
  );
}
