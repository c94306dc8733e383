import {
  CONDITION_SHAPES,
  type ConditionShapeName,
  ELEMENT_SHAPES,
  type ElementShapeName,
  shapeOf,
  isMultiSearch,
} from "./condition-shape.ts";
import { isIn, onField } from "./condition.ts";
import { type Field, type FieldKind, findField, ROOT_SCOPE, type Scope } from "./field.ts";
import { allOf, EVERYTHING, type Filter, type Test } from "./filter.ts";
import { refuseForbiddenKeys, refuseForbiddenPath } from "./forbidden-key.ts";
import {
  findMongoOperator,
  isLogical,
  LOGICAL_OPERATORS,
  type LogicalOperatorName,
  MAX_CONDITIONS,
  MONGO_OPERATORS,
} from "./mongo-operators.ts";
import { oneValue, valuesOrNull } from "./operand.ts";
import type { OperandSchema } from "./operand.ts";
import { findOperator, OPERATOR_NAMES, OPERATORS } from "./operators.ts";
import { isPlainObject, type PlainObject } from "./plain-object.ts";
import { type InputPath, quoted, refuse } from "./query-issue.ts";
import { SCALARS, type ScalarKind } from "./scalar.ts";

/** Deepest nesting of objects in a query, itself included. */
export const MAX_QUERY_DEPTH = 8;

/** Where the parser is, and what it may still read. */
interface Place {
  path: InputPath;
  depth: number;
  /** Shared by all places of one query. */
  budget: { conditions: number };
  /** What a query is about; fields that are named beside a property are sought here. */
  root: Scope;
  /** Conditions on one element of a list; names are relative to it there. */
  inElement?: true;
}

/** Turns a query on call logs, as JSON, into a typed filter. Throws a QueryIssue for what the API does not know. */
export const parseQuery = queryParser(ROOT_SCOPE);

/** Makes the parser of queries on what has these names. */
export function queryParser(root: Scope): (input: unknown) => Filter {
  return (input) => {
    if (input === undefined || input === null) return EVERYTHING;
    refuseForbiddenKeys(input);
    const place = { path: [], depth: 1, budget: { conditions: MAX_CONDITIONS }, root };
    return parseConditions(input, root, place);
  };
}

function at(place: Place, ...keys: (string | number)[]): Place {
  return { ...place, path: [...place.path, ...keys] };
}

function deeper(place: Place): Place {
  if (place.depth >= MAX_QUERY_DEPTH)
    refuse(place.path, `is nested too deep; at most ${MAX_QUERY_DEPTH} levels are allowed`);
  return { ...place, depth: place.depth + 1 };
}

function spend(place: Place): void {
  place.budget.conditions -= 1;
  if (place.budget.conditions < 0)
    refuse(place.path, `is one condition too many; at most ${MAX_CONDITIONS} are allowed`);
}

function parseConditions(input: unknown, scope: Scope, place: Place): Filter {
  if (!isPlainObject(input)) refuse(place.path, "must be an object of conditions");
  const entries = Object.entries(input);
  if (entries.length === 0) spend(place);
  return allOf(...entries.map(([key, value]) => parseEntry([key, value], scope, at(place, key))));
}

function parseEntry([key, value]: [string, unknown], scope: Scope, place: Place): Filter {
  if (isLogical(key)) return parseLogical(key, value, { scope, place });
  if (key.startsWith("$")) refuse(place.path, "must stand inside a property, not beside it");
  if (isMultiSearch(value) && key !== "_type") return parseMultiSearch(value, place);
  return parseCondition(fieldFor(key, scope, place.path), value, place);
}

function fieldFor(name: string, scope: Scope, path: InputPath): Field {
  const field = findField(scope, name);
  if (field !== undefined) return field;
  const allowed = scope.names ? `; allowed here: ${scope.names.join(", ")}` : "";
  return refuse(path, `there is no ${quoted(name)} to ask for${allowed}`);
}

function parseLogical(
  name: LogicalOperatorName,
  input: unknown,
  { scope, place }: { scope: Scope; place: Place },
): Filter {
  if (!Array.isArray(input) || input.length === 0)
    refuse(place.path, "must be an array of at least one object of conditions");
  const filters = input.map((item: unknown, index) =>
    parseConditions(item, scope, deeper(at(place, index))),
  );
  return { kind: LOGICAL_OPERATORS[name].kind, filters };
}

function parseMultiSearch(input: PlainObject, place: Place): Filter {
  if (!CONDITION_SHAPES.search.mayStandOn({ kind: "value" }, place))
    refuse(place.path, "MultiSearch can't be used on an element of a list");
  const { schema, toFilter, kinds } = OPERATORS.MultiSearch;
  const operand = checked(schema("text"), input, place.path) as { fields: string[] };
  const filters = operand.fields.map((name, index) => {
    const { path } = at(place, "fields", index);
    refuseForbiddenPath(name, path);
    spend(at(place, "fields", index));
    const field = fieldFor(name, place.root, path);
    if (!kinds.includes(field.kind)) refuse(path, `${quoted(name)} does not hold text`);
    return toFilter(field, operand);
  });
  return { kind: "or", filters };
}

// One parser for each form of a condition.
const PARSERS: Record<Exclude<ConditionShapeName, "search">, Parser> = {
  null: (field) => isIn(field, [null]),
  value: (field, input, place) => isIn(field, [parseValue(field.kind, input, place)]),
  list: (field, input, place) => isIn(field, checked(valuesOrNull(field.kind), input, place.path)),
  operator: (field, input, place) => parseOperator(field, input as PlainObject, place),
  tests: (field, input, place) =>
    allOf(...parseTests(field, input, deeper(place)).map((test) => onField(field, test))),
  names: (field, input, place) =>
    parseConditions(input, field.within!(`${field.path}.`), deeper(place)),
};

type Parser = (field: Field, input: unknown, place: Place) => Filter;

function parseCondition(field: Field, input: unknown, place: Place): Filter {
  const form = shapeOf(CONDITION_SHAPES, input);
  if (form === "search") return parseMultiSearch(input as PlainObject, place);
  if (form !== "names") spend(place);
  if (!CONDITION_SHAPES[form].mayStandOn(field, place)) refuseValue(field.kind, place);
  return PARSERS[form](field, input, place);
}

function parseValue(kind: FieldKind, input: unknown, place: Place) {
  const parsed = oneValue(kind).safeParse(input);
  return parsed.success ? parsed.data : refuseValue(kind, place);
}

function refuseValue(kind: FieldKind, { path }: Place): never {
  const operators = OPERATOR_NAMES.filter((name) => OPERATORS[name].kinds.includes(kind));
  const mongo = Object.entries(MONGO_OPERATORS).filter(([, { kinds }]) =>
    (kinds as readonly FieldKind[]).includes(kind),
  );
  const names = [...operators, ...mongo.map(([name]) => name)].join(", ");
  const value = Object.hasOwn(SCALARS, kind)
    ? `${SCALARS[kind as ScalarKind].wording}, null, an array of these`
    : "null, conditions on a name inside it";
  refuse(path, `must be ${value}, or an operator of: ${names}`);
}

function parseOperator(field: Field, input: PlainObject, place: Place): Filter {
  const operator = findOperator(input["_type"]);
  if (operator === undefined)
    refuse([...place.path, "_type"], `must be one of: ${OPERATOR_NAMES.join(", ")}`);
  if (!operator.kinds.includes(field.kind)) refuseValue(field.kind, place);
  return operator.toFilter(field, checked(operator.schema(field.kind), input, place.path));
}

function parseTests(field: Field, input: unknown, place: Place): Test[] {
  if (!isPlainObject(input) || Object.keys(input).length === 0)
    refuse(place.path, `must be an object of operators such as {"$in": […]}`);
  return Object.entries(input).map(([name, operand]) =>
    parseTest(field, [name, operand], at(place, name)),
  );
}

function parseTest(field: Field, [name, operand]: [string, unknown], place: Place): Test {
  const operator = findMongoOperator(name);
  if (operator === undefined)
    refuse(place.path, `must be one of: ${Object.keys(MONGO_OPERATORS).join(", ")}`);
  if (!operator.kinds.includes(field.kind)) refuseValue(field.kind, place);
  if (name === "$not") return { kind: "not", tests: parseTests(field, operand, deeper(place)) };
  if (name === "$elemMatch") return parseElement(field, operand, place);
  if (operator.schema === undefined || operator.toTest === undefined) throw new Error(name);
  return operator.toTest(checked(operator.schema(field.kind), operand, place.path), field.kind);
}

function parseElement(field: Field, input: unknown, place: Place): Test {
  const inside: Place = { ...deeper(place), inElement: true };
  if (!isPlainObject(input) || Object.keys(input).length === 0)
    refuse(place.path, "must be an object of conditions on one element of the list");
  const form = shapeOf(ELEMENT_SHAPES, input);
  if (ELEMENT_SHAPES[form].mayStandOn(field, inside))
    return ELEMENT_PARSERS[form](field, input, inside);
  // A list of plain values has no names; what is wrong then is the operator.
  if (form === "names") return { kind: "element", tests: parseTests(field, input, inside) };
  return refuse(place.path, "must name what an element has, not operators");
}

const ELEMENT_PARSERS: Record<
  ElementShapeName,
  (field: Field, input: unknown, inside: Place) => Test
> = {
  tests: (field, input, inside) => ({ kind: "element", tests: parseTests(field, input, inside) }),
  names: (field, input, inside) => ({
    kind: "elementWhere",
    filter: parseConditions(input, field.within!(""), inside),
  }),
};

function checked<V>(schema: ReturnType<OperandSchema<V>>, input: unknown, path: InputPath): V {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse([...path, ...((issue?.path ?? []) as InputPath)], issue?.message ?? "is not valid");
}
