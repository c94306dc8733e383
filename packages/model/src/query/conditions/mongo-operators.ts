import { z } from "zod";

import { noneOf, oneOf, spellings } from "./condition.ts";
import type { FieldKind } from "./field.ts";
import type { Test } from "./filter.ts";
import {
  oneValueOrNull,
  type OperandSchema,
  orderedValue,
  values,
  valuesOrNull,
} from "./operand.ts";
import { SCALARS } from "./scalar.ts";

/** One of MongoDB's own operators that a query may use, with MongoDB's own rules for null. */
export interface MongoOperator {
  /** What it finds, for the documentation. */
  finds: string;
  /** Kinds of field that it can be used on. */
  kinds: readonly FieldKind[];
  /** An example query. */
  example: Readonly<Record<string, unknown>>;
  /** Schema of its operand on a kind of field; absent where the operand is made of conditions again. */
  schema?: OperandSchema<unknown>;
  /** The test that it means, given what `schema` made of the operand. */
  toTest?: (operand: unknown, kind: FieldKind) => Test;
}

interface MongoEntry<V> extends Omit<MongoOperator, "schema" | "toTest"> {
  schema: OperandSchema<V>;
  toTest: (operand: V, kind: FieldKind) => Test;
}

function operator<V>({ toTest, ...entry }: MongoEntry<V>): MongoOperator {
  return { ...entry, toTest: (operand, kind) => toTest(operand as V, kind) };
}

const SCALAR_KINDS = Object.keys(SCALARS) as FieldKind[];
const ORDERED_KINDS = SCALAR_KINDS.filter((kind) => kind !== "boolean");
const LIST_KINDS: readonly FieldKind[] = ["texts", "value", "objects"];
const ALL_KINDS: readonly FieldKind[] = [...SCALAR_KINDS, "json", "objects"];

const one = { kinds: SCALAR_KINDS, schema: oneValueOrNull } as const;
const order = { kinds: ORDERED_KINDS, schema: orderedValue } as const;
const list = { kinds: SCALAR_KINDS, schema: valuesOrNull } as const;

const yesOrNo = z.boolean({ error: "must be true or false" });
const listSize = z
  .int({ error: "must be a whole number" })
  .min(0, { error: "must not be negative" })
  .max(2 ** 31 - 1, { error: "must be a smaller number" });

/** MongoDB's own operators on a property. What is not in this table is refused by name. */
export const MONGO_OPERATORS = {
  $eq: operator({
    ...one,
    finds: "equal; null finds null and missing",
    example: { status: { $eq: "Completed" } },
    toTest: (value, kind) => oneOf(spellings(kind, [value])),
  }),
  $ne: operator({
    ...one,
    finds: "not equal; finds null and missing too",
    example: { status: { $ne: "Completed" } },
    toTest: (value, kind) => noneOf(spellings(kind, [value])),
  }),
  $gt: operator({
    ...order,
    finds: "greater",
    example: { callCostInUSDCents: { $gt: 100 } },
    toTest: (above) => ({ kind: "range", bounds: { above } }),
  }),
  $gte: operator({
    ...order,
    finds: "greater or equal",
    example: { createdAt: { $gte: "2026-11-23T00:00:00.000Z" } },
    toTest: (from) => ({ kind: "range", bounds: { from } }),
  }),
  $lt: operator({
    ...order,
    finds: "less",
    example: { createdAt: { $lt: "2026-11-24T00:00:00.000Z" } },
    toTest: (below) => ({ kind: "range", bounds: { below } }),
  }),
  $lte: operator({
    ...order,
    finds: "less or equal",
    example: { "callData.priority": { $lte: 3 } },
    toTest: (upTo) => ({ kind: "range", bounds: { upTo } }),
  }),
  $in: operator({
    ...list,
    finds: "one of the values",
    example: { status: { $in: ["Busy", "No Answer"] } },
    toTest: (operands, kind) => ({ kind: "in", values: spellings(kind, operands) }),
  }),
  $nin: operator({
    ...list,
    finds: "none of the values; finds null and missing too",
    example: { status: { $nin: ["Busy", "No Answer"] } },
    toTest: (operands, kind) => ({ kind: "notIn", values: spellings(kind, operands) }),
  }),
  $exists: operator({
    kinds: ALL_KINDS,
    schema: () => yesOrNo,
    finds: "whether the field is stored at all, be it as null",
    example: { "callData.incidentId": { $exists: true } },
    toTest: (exists) => ({ kind: "exists", exists }),
  }),
  $all: operator({
    kinds: SCALAR_KINDS.filter((kind) => kind !== "phone"),
    schema: values,
    finds: "a list with all of the values",
    example: { tags: { $all: ["urgent", "night"] } },
    toTest: (operands) => ({ kind: "all", values: operands }),
  }),
  $size: operator({
    kinds: LIST_KINDS,
    schema: () => listSize,
    finds: "a list of that length",
    example: { attempts: { $size: 2 } },
    toTest: (size) => ({ kind: "size", size }),
  }),
  $not: {
    kinds: ALL_KINDS,
    finds: "what the operators inside do not find",
    example: { callCostInUSDCents: { $not: { $gt: 100 } } },
  },
  $elemMatch: {
    kinds: LIST_KINDS,
    finds: "a list with one element that meets all conditions",
    example: { attempts: { $elemMatch: { state: "ended", provider: "twilio" } } },
  },
} as const satisfies Record<string, MongoOperator>;

/** Name of one of MongoDB's own operators on a property. */
export type MongoOperatorName = keyof typeof MONGO_OPERATORS;

/** MongoDB's operators that join conditions; each takes an array of them and stands beside the properties. */
export const LOGICAL_OPERATORS = {
  $and: {
    kind: "and",
    finds: "all of the conditions hold",
    example: { $and: [{ status: "Busy" }, { attemptCount: { $gt: 1 } }] },
  },
  $or: {
    kind: "or",
    finds: "one of the conditions holds",
    example: { $or: [{ status: "Busy" }, { status: "No Answer" }] },
  },
  $nor: {
    kind: "nor",
    finds: "none of the conditions holds",
    example: { $nor: [{ status: "Completed" }, { attemptCount: 0 }] },
  },
} as const;

/** Name of an operator that joins conditions. */
export type LogicalOperatorName = keyof typeof LOGICAL_OPERATORS;

/** Most conditions that a logical operator may join, and that a query may have. */
export const MAX_CONDITIONS = 50;

/** True for an operator that joins conditions. */
export function isLogical(name: string): name is LogicalOperatorName {
  return Object.hasOwn(LOGICAL_OPERATORS, name);
}

/** One of MongoDB's own operators on a property by its name, or undefined. */
export function findMongoOperator(name: string): MongoOperator | undefined {
  return Object.hasOwn(MONGO_OPERATORS, name)
    ? MONGO_OPERATORS[name as MongoOperatorName]
    : undefined;
}

/** True for a name with `$` that a query may use somewhere. */
export function isAllowedDollarName(name: string): boolean {
  return isLogical(name) || findMongoOperator(name) !== undefined;
}
