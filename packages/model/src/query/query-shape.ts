import { z } from "zod";

import { publicAttempt } from "../attempt.ts";
import { PROPERTIES, type PropertyName } from "../call-log.ts";
import { SNAPSHOT_COLUMNS } from "../relation.ts";
import { type Field, type FieldKind, findField, ROOT_SCOPE } from "./field.ts";
import {
  LOGICAL_OPERATORS,
  MAX_CONDITIONS,
  MONGO_OPERATORS,
  type MongoOperator,
} from "./mongo-operators.ts";
import { oneValueOrNull, valuesOrNull } from "./operand.ts";
import { type Operator, OPERATORS } from "./operators.ts";
import { type ScalarKind, SCALARS } from "./scalar.ts";
import { columnsOf, FIXED_PROPERTIES, type SelectableRelation } from "./select.ts";
import { MAX_SORT_KEYS } from "./sort.ts";

// What a query looks like, for the API's documentation. It is made of the schemas in the operator tables; the parser of queries reads
// the same tables, and takes a little more than is said here: dotted paths, deeper nesting, MultiSearch under any key.

// The operator's own schema, with the name that selects it.
function operatorShape([name, operator]: [string, Operator], kind: FieldKind): z.ZodType {
  const schema = operator.schema(kind);
  const object = schema instanceof z.ZodPipe ? schema.in : schema;
  if (!(object instanceof z.ZodObject)) throw new Error(`${name} is not documented by an object`);
  return object.extend({ _type: z.literal(name) });
}

function operatorShapes(kind: FieldKind): z.ZodType[] {
  return Object.entries<Operator>(OPERATORS)
    .filter(([name, { kinds }]) => kinds.includes(kind) && name !== "MultiSearch")
    .map((entry) => operatorShape(entry, kind));
}

function mongoShape(kind: FieldKind): z.ZodObject {
  const tests = Object.entries<MongoOperator>(MONGO_OPERATORS).flatMap(([name, operator]) =>
    operator.schema !== undefined && operator.kinds.includes(kind)
      ? [[name, operator.schema(kind).optional()] as const]
      : [],
  );
  const shape = Object.fromEntries(tests);
  return notEmpty(z.strictObject({ ...shape, $not: notEmpty(z.strictObject(shape)).optional() }));
}

function notEmpty<S extends z.ZodObject>(schema: S): S {
  return schema.refine((given) => Object.keys(given).length > 0).meta({ minProperties: 1 });
}

function scalarCondition(kind: ScalarKind): z.ZodType {
  const options = [
    oneValueOrNull(kind),
    valuesOrNull(kind),
    ...operatorShapes(kind),
    mongoShape(kind),
  ];
  return z.union(options).meta({
    id: `QueryCondition_${kind}`,
    description: `A condition: ${SCALARS[kind].wording}, null, an array of these, or an operator`,
  });
}

const CONDITIONS = Object.fromEntries(
  (Object.keys(SCALARS) as ScalarKind[]).map((kind) => [kind, scalarCondition(kind)]),
) as Record<ScalarKind, z.ZodType>;

const jsonKey = z.string().regex(/^(?!(?:constructor|prototype)$)[A-Za-z0-9 -]{1,100}$/);

const jsonCondition = z
  .union([
    z.null(),
    ...operatorShapes("json"),
    mongoShape("json"),
    z.record(jsonKey, z.union([CONDITIONS.value, z.record(jsonKey, CONDITIONS.value)])),
  ])
  .meta({ id: "QueryCondition_callData", description: "Conditions by key; all of them must hold" });

const relationCondition = z
  .union([
    CONDITIONS.id,
    z.strictObject({
      _id: CONDITIONS.id.optional(),
      ...Object.fromEntries(
        SNAPSHOT_COLUMNS.map((column) => [
          column,
          CONDITIONS[column === "number" ? "value" : "text"].optional(),
        ]),
      ),
    }),
  ])
  .meta({
    id: "QueryCondition_relation",
    description: "A condition on the id of the related object, or conditions on its snapshot",
  });

const projectCondition = z.union([
  CONDITIONS.id,
  z.strictObject({ _id: CONDITIONS.id.optional() }),
]);

function conditionOn(name: string): z.ZodType | undefined {
  const field = findField(ROOT_SCOPE, name);
  return field && fieldCondition(field);
}

/** What a condition on a field looks like; undefined for one that holds more than a value. */
export function fieldCondition({ kind }: Field): z.ZodType | undefined {
  return Object.hasOwn(CONDITIONS, kind) ? CONDITIONS[kind as ScalarKind].optional() : undefined;
}

const attemptConditions = Object.keys(publicAttempt.shape).flatMap((name) => {
  const condition = conditionOn(`attempts.${name}`);
  return condition === undefined ? [] : [[name, condition] as const];
});

const attemptsCondition = z
  .union([
    z.null(),
    ...operatorShapes("objects"),
    mongoShape("objects"),
    z.strictObject({
      $elemMatch: notEmpty(z.strictObject(Object.fromEntries(attemptConditions))),
    }),
  ])
  .meta({ id: "QueryCondition_attempts", description: "A condition on the list of attempts" });

function propertyCondition(name: PropertyName): z.ZodType {
  const { kind } = PROPERTIES[name];
  if (name === "project") return projectCondition;
  if (kind === "relation") return relationCondition;
  if (kind === "json") return jsonCondition;
  return kind === "attempts" ? attemptsCondition : CONDITIONS[kind];
}

const multiSearch = operatorShape(["MultiSearch", OPERATORS.MultiSearch], "text") as z.ZodObject;

const searchableFields = (Object.keys(PROPERTIES) as PropertyName[]).filter((name) => {
  const kind = findField(ROOT_SCOPE, name)?.kind;
  return kind !== undefined && OPERATORS.MultiSearch.kinds.includes(kind);
});

const searchCondition = multiSearch.extend({
  fields: z.array(z.enum(searchableFields)).min(1).max(searchableFields.length),
});

const propertyConditions = {
  ...Object.fromEntries(
    (Object.keys(PROPERTIES) as PropertyName[]).map((name) => [
      name,
      propertyCondition(name).optional(),
    ]),
  ),
  search: searchCondition.optional(),
};

const conditions = z
  .strictObject(propertyConditions)
  .meta({ id: "QueryConditions", description: "Conditions by property; all of them must hold" });

const logical = Object.fromEntries(
  Object.entries(LOGICAL_OPERATORS).map(([name, { finds }]) => [
    name,
    z.array(conditions).min(1).max(MAX_CONDITIONS).optional().meta({ description: finds }),
  ]),
);

/** What a query looks like. */
export const queryShape = z.strictObject({ ...propertyConditions, ...logical }).meta({
  id: "CallLogQuery",
  title: "Query",
  description: `Conditions by property; all of them must hold. At most ${MAX_CONDITIONS} conditions. Names inside callData, attempts and relations may be written as a dotted path, too.`,
  patternProperties: {
    "^callData(\\.[A-Za-z0-9-]{1,100})+$": { type: ["string", "number", "boolean", "null"] },
  },
  examples: Object.values<Operator>(OPERATORS).map(({ example }) => example),
});

function columnsShape(relation: SelectableRelation): z.ZodType {
  const names = ["_id", ...columnsOf(relation)];
  return z.strictObject(Object.fromEntries(names.map((name) => [name, z.boolean().optional()])));
}

const fixedShape = Object.fromEntries(
  Object.entries(FIXED_PROPERTIES).map(([name, value]) => [
    name,
    z
      .boolean()
      .optional()
      .meta({ description: `Always ${value}; for OneUptime's client code` }),
  ]),
);

/** What a selection looks like. */
export const selectShape = z
  .strictObject({
    ...Object.fromEntries(
      Object.entries(PROPERTIES).map(([name, { kind, description }]) => {
        const columns = () => columnsShape(name as SelectableRelation);
        const value = kind === "relation" ? z.union([z.boolean(), columns()]) : z.boolean();
        return [name, value.optional().meta({ description })];
      }),
    ),
    ...fixedShape,
  })
  .meta({
    id: "CallLogSelect",
    title: "Select",
    description: "Properties to answer with. `_id` always is; without a selection it is alone.",
  });

const direction = z.union([z.literal([1, -1]), z.literal(["ASC", "DESC", "asc", "desc"])]);

/** What a sort order looks like. */
export const sortShape = z
  .strictObject(
    Object.fromEntries(
      Object.keys(PROPERTIES)
        .filter((name) => name !== "callData")
        .map((name) => [name, direction.optional()]),
    ),
  )
  .meta({
    id: "CallLogSort",
    title: "Sort",
    description: "Up to three properties with their direction; newest first without it.",
    maxProperties: MAX_SORT_KEYS,
  });
