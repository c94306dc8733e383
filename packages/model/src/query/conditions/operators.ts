import { hasAll, hasText, inRange, isBetween, isIn, isNotIn, lacksText } from "./condition.ts";
import type { Field, FieldKind } from "./field.ts";
import { anyOf, EVERYTHING, type Filter } from "./filter.ts";
import {
  limitsObject,
  nothingObject,
  oneValue,
  orderedValue,
  type OperandSchema,
  searchFieldsObject,
  searchText,
  trimmedSearchText,
  valueObject,
  values,
  valuesOrNull,
} from "./operand.ts";
import { SCALARS } from "./scalar.ts";

/** One operator `{"_type": name, "value": …}`: what it finds, what it takes, and what it means. */
export interface Operator {
  /** What it finds, for the documentation. */
  finds: string;
  /** What happens with a property that is null or missing. */
  nulls: "found" | "not found" | "only if listed" | "the question itself";
  /** Absent where letters play no part. */
  letterCase?: "sensitive" | "insensitive";
  /** Kinds of field that it can be used on. */
  kinds: readonly FieldKind[];
  /** An example query. */
  example: Readonly<Record<string, unknown>>;
  /** Schema of the whole operator object on a kind of field; its output is what `toFilter` takes. */
  schema: OperandSchema<unknown>;
  /** What it means on a field, given what `schema` made of the operator object. */
  toFilter: (field: Field, operand: unknown) => Filter;
}

interface OperatorEntry<V> extends Omit<Operator, "schema" | "toFilter"> {
  schema: OperandSchema<V>;
  toFilter: (field: Field, operand: V) => Filter;
}

// Ties an operand's type to its meaning, then forgets it: the table holds operators of all types.
function operator<V>({ toFilter, ...entry }: OperatorEntry<V>): Operator {
  return { ...entry, toFilter: (field, operand) => toFilter(field, operand as V) };
}

const value = valueObject(oneValue);
const list = valueObject(values);
const listOrNull = valueObject(valuesOrNull);
const text = valueObject(() => searchText);
const trimmedText = valueObject(() => trimmedSearchText);

const SCALAR_KINDS = Object.keys(SCALARS) as FieldKind[];
const ORDERED_KINDS = SCALAR_KINDS.filter((kind) => kind !== "boolean");
const TEXT_KINDS: readonly FieldKind[] = ["text", "id", "phone", "texts", "value"];
const ALL_KINDS: readonly FieldKind[] = [...SCALAR_KINDS, "json", "objects"];

const equality = { kinds: SCALAR_KINDS, letterCase: "sensitive" } as const;
const order = { kinds: ORDERED_KINDS, schema: valueObject(orderedValue) } as const;
const search = { kinds: TEXT_KINDS, letterCase: "insensitive" } as const;
const presence = { kinds: ALL_KINDS, schema: nothingObject } as const;
const PROVIDERS = ["twilio", "simulated"];
const DAY = "2026-11-23T00:00:00.000Z";
const NEXT_DAY = "2026-11-24T00:00:00.000Z";

/** Every operator of the form `{"_type": name, …}`: validation, meaning and documentation in one place. */
export const OPERATORS = {
  EqualTo: operator({
    ...equality,
    finds: "equal to the value",
    nulls: "not found",
    example: { status: { _type: "EqualTo", value: "Completed" } },
    schema: value,
    toFilter: (field, operand) => isIn(field, [operand]),
  }),
  NotEqual: operator({
    ...equality,
    finds: "another value",
    nulls: "not found",
    example: { status: { _type: "NotEqual", value: "Completed" } },
    schema: value,
    toFilter: (field, operand) => isNotIn(field, [operand, null]),
  }),
  EqualToOrNull: operator({
    ...equality,
    finds: "equal to the value, or without one",
    nulls: "found",
    example: { answeredBy: { _type: "EqualToOrNull", value: "human" } },
    schema: value,
    toFilter: (field, operand) => isIn(field, [operand, null]),
  }),
  GreaterThan: operator({
    ...order,
    finds: "greater (numbers, dates, text by code point)",
    nulls: "not found",
    example: { callCostInUSDCents: { _type: "GreaterThan", value: 100 } },
    toFilter: (field, operand) => inRange(field, { above: operand }),
  }),
  GreaterThanOrEqual: operator({
    ...order,
    finds: "greater or equal",
    nulls: "not found",
    example: { createdAt: { _type: "GreaterThanOrEqual", value: DAY } },
    toFilter: (field, operand) => inRange(field, { from: operand }),
  }),
  LessThan: operator({
    ...order,
    finds: "less",
    nulls: "not found",
    example: { createdAt: { _type: "LessThan", value: DAY } },
    toFilter: (field, operand) => inRange(field, { below: operand }),
  }),
  LessThanOrEqual: operator({
    ...order,
    finds: "less or equal",
    nulls: "not found",
    example: { attemptCount: { _type: "LessThanOrEqual", value: 3 } },
    toFilter: (field, operand) => inRange(field, { upTo: operand }),
  }),
  GreaterThanOrNull: operator({
    ...order,
    finds: "greater, or without a value",
    nulls: "found",
    example: { deadlineAt: { _type: "GreaterThanOrNull", value: DAY } },
    toFilter: (field, operand) => anyOf(inRange(field, { above: operand }), isIn(field, [null])),
  }),
  LessThanOrNull: operator({
    ...order,
    finds: "less, or without a value",
    nulls: "found",
    example: { scheduledAt: { _type: "LessThanOrNull", value: DAY } },
    toFilter: (field, operand) => anyOf(inRange(field, { below: operand }), isIn(field, [null])),
  }),
  InBetween: operator({
    kinds: ORDERED_KINDS,
    finds: "from `startValue` to `endValue`, both included; reversed limits find nothing",
    nulls: "not found",
    example: { createdAt: { _type: "InBetween", startValue: DAY, endValue: NEXT_DAY } },
    schema: limitsObject,
    toFilter: isBetween,
  }),
  Includes: operator({
    ...equality,
    finds: "one of the values; an empty list finds nothing",
    nulls: "only if listed",
    example: { status: { _type: "Includes", value: ["Busy", "No Answer", null] } },
    schema: listOrNull,
    toFilter: isIn,
  }),
  IncludesAll: operator({
    ...equality,
    finds: "on lists: all of the values; elsewhere one of them; an empty list finds nothing",
    nulls: "not found",
    example: { tags: { _type: "IncludesAll", value: ["urgent", "night"] } },
    schema: list,
    toFilter: hasAll,
  }),
  IncludesNone: operator({
    ...equality,
    finds: "none of the values; an empty list finds everything",
    nulls: "not found",
    example: { provider: { _type: "IncludesNone", value: PROVIDERS } },
    schema: listOrNull,
    toFilter: (field, list) => (list.length === 0 ? EVERYTHING : isNotIn(field, [...list, null])),
  }),
  IsNull: operator({
    ...presence,
    finds: 'without a value; the empty text `""` is a value',
    nulls: "the question itself",
    example: { incidentId: { _type: "IsNull" } },
    toFilter: (field) => isIn(field, [null]),
  }),
  NotNull: operator({
    ...presence,
    finds: "with a value",
    nulls: "the question itself",
    example: { acknowledgedAt: { _type: "NotNull" } },
    toFilter: (field) => isNotIn(field, [null]),
  }),
  Search: operator({
    ...search,
    finds: "the text, without spaces around it, somewhere inside; text, ids and phone numbers",
    nulls: "not found",
    example: { statusMessage: { _type: "Search", value: "busy" } },
    schema: trimmedText,
    toFilter: (field, operand) => hasText(field, operand, "anywhere"),
  }),
  StartsWith: operator({
    ...search,
    finds: "the text at the start",
    nulls: "not found",
    example: { toNumber: { _type: "StartsWith", value: "+1555" } },
    schema: text,
    toFilter: (field, operand) => hasText(field, operand, "start"),
  }),
  EndsWith: operator({
    ...search,
    finds: "the text at the end",
    nulls: "not found",
    example: { toNumber: { _type: "EndsWith", value: "8888" } },
    schema: text,
    toFilter: (field, operand) => hasText(field, operand, "end"),
  }),
  NotContains: operator({
    ...search,
    finds: "the text, without spaces around it, nowhere inside",
    nulls: "found",
    example: { statusMessage: { _type: "NotContains", value: "busy" } },
    schema: trimmedText,
    toFilter: lacksText,
  }),
  MultiSearch: operator({
    ...search,
    finds: "`Search` in one of `fields`; the key that it stands under is ignored",
    nulls: "not found",
    example: {
      search: {
        _type: "MultiSearch",
        value: "database",
        fields: ["statusMessage", "callData.message"],
      },
    },
    schema: searchFieldsObject,
    toFilter: (field, { value }) => hasText(field, value, "anywhere"),
  }),
} as const satisfies Record<string, Operator>;

/** Name of an operator of the form `{"_type": name, …}`. */
export type OperatorName = keyof typeof OPERATORS;

/** All names of operators. */
export const OPERATOR_NAMES = Object.keys(OPERATORS) as OperatorName[];

/** The operator by a name, or undefined. */
export function findOperator(name: unknown): Operator | undefined {
  return typeof name === "string" && Object.hasOwn(OPERATORS, name)
    ? OPERATORS[name as OperatorName]
    : undefined;
}
