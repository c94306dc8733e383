import {
  anyOf,
  createSchemaSet,
  type JsonSchema,
  type JsonSchemas,
  type SchemaSet,
} from "../json-schema.ts";
import {
  CONDITION_SHAPES,
  type ConditionShapeName,
  ELEMENT_SHAPES,
  type ElementShapeName,
  shapesOn,
} from "./condition-shape.ts";
import { type Field, type FieldKind, INDEX_KEY, type Scope } from "./field.ts";
import {
  LOGICAL_OPERATORS,
  MAX_CONDITIONS,
  MONGO_OPERATORS,
  type MongoOperator,
} from "./mongo-operators.ts";
import { valuesOrNull } from "./operand.ts";
import { operatorSchema } from "./operator-schema.ts";
import { type Operator, OPERATORS } from "./operators.ts";
import { dottedFields, fieldPaths, JSON_PATH, NAME } from "./path-pattern.ts";
import { scalar, SCALARS, type ScalarKind } from "./scalar.ts";

// What the parser of queries takes, as JSON Schema. Both are made from the tables of forms and operators, and from the same fields; a property
// test holds them to each other. A schema can't limit how many conditions there are in all, nor how deep they nest.

/** A query language: what is asked, under which name its schemas stand. */
export interface Language {
  /** Name of the schema of a query, such as `CallLogQuery`. */
  name: string;
  scope: Scope;
  /** Meaning of a property, by its name. */
  describe?: (name: string) => string | undefined;
  /** Beside the schema of a query: description, examples. */
  about: JsonSchema;
}

interface Place extends Language {
  set: SchemaSet;
  /** Conditions on one element of a list: there MultiSearch is not taken. */
  inElement: boolean;
}

/** The schemas of a query language by name; that of a whole query is `language.name`. */
export function querySchemas(language: Language): JsonSchemas {
  const place = { ...language, set: createSchemaSet(), inElement: false };
  place.set.named(language.name, () => ({
    ...conditions(language.scope, place, { $ref: `#/components/schemas/${language.name}` }),
    ...language.about,
  }));
  return place.set.schemas;
}

// Tools that make clients read `properties`, and leave every other name free; what those others may be is behind `then`, which validators read.
function conditions(scope: Scope, place: Place, self: JsonSchema): JsonSchema {
  const { inElement } = place;
  const describe = scope === place.scope ? place.describe : undefined;
  const properties = Object.fromEntries(
    (scope.names ?? []).map((name) => {
      const description = describe?.(name);
      const condition = onField(scope.field(name)!, place);
      return [name, description === undefined ? condition : { description, ...condition }];
    }),
  );
  const known = [...Object.keys(properties), ...Object.keys(LOGICAL_OPERATORS)];
  return {
    type: "object",
    properties: { ...properties, ...logical(self) },
    additionalProperties: true,
    if: { type: "object" },
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    then: {
      properties: Object.fromEntries(known.map((name) => [name, true])),
      patternProperties: otherNames(scope, place),
      additionalProperties: inElement ? false : search(place),
      propertyNames: { pattern: NAME },
    },
  };
}

function logical(self: JsonSchema): JsonSchema {
  return Object.fromEntries(
    Object.entries(LOGICAL_OPERATORS).map(([name, { finds }]) => [
      name,
      { type: "array", items: self, minItems: 1, maxItems: MAX_CONDITIONS, description: finds },
    ]),
  );
}

// Dotted paths, and in a JSON value every name.
function otherNames(scope: Scope, place: Place): JsonSchema {
  if (scope.names === undefined) return { [`^${JSON_PATH}$`]: onField(JSON_VALUE, place) };
  const byCondition = new Map<string, { condition: JsonSchema; patterns: string[] }>();
  for (const { pattern, field } of dottedFields(scope)) {
    const condition = field === undefined ? onField(JSON_VALUE, place) : onField(field, place);
    const key = JSON.stringify(condition);
    const entry = byCondition.get(key) ?? { condition, patterns: [] };
    entry.patterns.push(pattern);
    byCondition.set(key, entry);
  }
  const entries = [...byCondition.values()].map(({ condition, patterns }) => [
    `^(?:${patterns.join("|")})$`,
    condition,
  ]);
  return Object.fromEntries(entries) as JsonSchema;
}

/** A value in JSON, whatever it is. */
const JSON_VALUE: Field = { path: "value", kind: "value", within: () => JSON_SCOPE };

const JSON_SCOPE: Scope = { field: () => undefined };

// A value that has no names inside is another kind of condition.
function scalarName({ kind, within }: Field): string {
  return kind === "value" && within === undefined ? "scalar" : kind;
}

// One schema for each form of a condition.
const SCHEMAS: Record<ConditionShapeName, (field: Field, place: Place) => readonly JsonSchema[]> = {
  null: () => [{ type: "null" }],
  value: ({ kind }, { set }) => [set.input(scalar(kind as ScalarKind))],
  list: ({ kind }, { set }) => [set.input(valuesOrNull(kind))],
  operator: ({ kind }, place) => operators(kind, place),
  tests: (field, place) => [tests(field, place)],
  names: (field, place) => [nested(field, place)],
  search: (_field, place) => [search(place)],
};

// Those that depend on the place stand beside what fields of a kind share.
const BY_PLACE: ReadonlySet<ConditionShapeName> = new Set<ConditionShapeName>(["names", "search"]);

function onField(field: Field, place: Place): JsonSchema {
  const forms = shapesOn(CONDITION_SHAPES, field, place).filter((form) => BY_PLACE.has(form));
  const schemas = forms.flatMap((form) => SCHEMAS[form](field, place));
  return anyOf(ownCondition(field, place), ...schemas);
}

function ownCondition(field: Field, place: Place): JsonSchema {
  const { kind } = field;
  const forms = shapesOn(CONDITION_SHAPES, field, place).filter((form) => !BY_PLACE.has(form));
  const own = () => anyOf(...forms.flatMap((form) => SCHEMAS[form](field, place)));
  if (!Object.hasOwn(SCALARS, kind))
    return place.set.named(`${place.name}_${lastName(field)}`, own);
  const { wording } = SCALARS[kind as ScalarKind];
  return place.set.named(`QueryCondition_${scalarName(field)}`, () => ({
    description: `A condition: ${wording}, null, an array of these, or an operator`,
    ...own(),
  }));
}

function operators(kind: FieldKind, { set }: Place): JsonSchema[] {
  return Object.entries<Operator>(OPERATORS)
    .filter(([name, { kinds }]) => kinds.includes(kind) && name !== "MultiSearch")
    .map((entry) => set.input(operatorSchema(entry, kind)));
}

function tests(field: Field, place: Place): JsonSchema {
  const { kind } = field;
  const isScalar = Object.hasOwn(SCALARS, kind);
  const name = isScalar
    ? `QueryTests_${scalarName(field)}`
    : `${place.name}Tests_${lastName(field)}`;
  const self = { $ref: `#/components/schemas/${name}` };
  const operands = Object.entries<MongoOperator>(MONGO_OPERATORS).flatMap(([operator, entry]) => {
    if (!entry.kinds.includes(kind)) return [];
    if (operator === "$elemMatch") return [[operator, element(field, place, self)]];
    return [[operator, entry.schema === undefined ? self : place.set.input(entry.schema(kind))]];
  });
  return place.set.named(name, () => ({
    type: "object",
    properties: Object.fromEntries(operands),
    // Not `additionalProperties`: a client that is made of this would take conditions by name for these, and leave all of them out.
    propertyNames: { enum: operands.map(([operator]) => operator) },
    minProperties: 1,
    description: "MongoDB's own operators",
  }));
}

function element(field: Field, place: Place, self: JsonSchema): JsonSchema {
  const inside = { ...place, inElement: true };
  const schemas: Record<ElementShapeName, () => JsonSchema> = {
    tests: () => self,
    names: () => elementNames(field, inside),
  };
  return anyOf(...shapesOn(ELEMENT_SHAPES, field, place).map((form) => schemas[form]()));
}

function elementNames(field: Field, inside: Place): JsonSchema {
  const scope = field.within!("");
  if (scope.names === undefined) return { ...jsonConditions(inside), minProperties: 1 };
  const name = `${inside.name}Element_${lastName(field)}`;
  const ref = { $ref: `#/components/schemas/${name}` };
  return inside.set.named(name, () => ({ ...conditions(scope, inside, ref), minProperties: 1 }));
}

function nested(field: Field, place: Place): JsonSchema {
  const scope = field.within!("");
  if (scope.names === undefined) return jsonConditions(place);
  const name = `${place.name}_${field.path === "projectId" ? "project" : "relation"}`;
  const ref = { $ref: `#/components/schemas/${name}` };
  return place.set.named(name, () => conditions(scope, place, ref));
}

function jsonConditions(place: Place): JsonSchema {
  const name = place.inElement ? "QueryConditions_element" : `${place.name}_json`;
  const ref = { $ref: `#/components/schemas/${name}` };
  return place.set.named(name, () => conditions(JSON_SCOPE, place, ref));
}

function search(place: Place): JsonSchema {
  const { name, scope, set } = place;
  return set.named(`${name}_search`, () => {
    const shape = set.input(operatorSchema(["MultiSearch", OPERATORS.MultiSearch], "text"));
    const properties = shape["properties"] as Record<string, JsonSchema>;
    const pattern = fieldPaths(scope, OPERATORS.MultiSearch.kinds);
    const fields = { ...properties["fields"], items: { type: "string", pattern } };
    return {
      ...shape,
      properties: { ...properties, fields },
      description: "Search in one of several fields; it may stand under any name",
    };
  });
}

// Lists are named after the property that holds them, also one element that is picked by its index.
function lastName({ path }: Field): string {
  const names = path.split(".").filter((name) => !INDEX_KEY.test(name));
  return names.at(-1) ?? "element";
}
