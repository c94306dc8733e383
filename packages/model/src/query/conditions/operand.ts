import { z } from "zod";

import type { FieldKind } from "./field.ts";
import type { Operand, Scalar } from "./filter.ts";
import { orderedJsonValue, scalar, SCALARS, type ScalarKind } from "./scalar.ts";

/** Most values that a list in a query may have. */
const MAX_LIST_LENGTH = 1000;

/** Most characters that a searched text may have. */
const MAX_SEARCH_LENGTH = 200;

/** Most fields that one MultiSearch looks into. */
const MAX_SEARCH_FIELDS = 50;

/** Schema of an operand, for each kind of field that it can be used on. */
export type OperandSchema<V> = (kind: FieldKind) => z.ZodType<V>;

/** One schema per kind, made when it is first needed. */
function perKind<V>(build: (kind: ScalarKind) => z.ZodType<V>): OperandSchema<V> {
  const schemas = new Map<FieldKind, z.ZodType<V>>();
  return (kind) => {
    const known = schemas.get(kind);
    if (known !== undefined) return known;
    const built = build(kind as ScalarKind);
    schemas.set(kind, built);
    return built;
  };
}

/** A single value. */
export const oneValue: OperandSchema<Scalar> = scalar as OperandSchema<Scalar>;

/** A single value that others can be greater or less than. */
export const orderedValue: OperandSchema<Scalar> = perKind((kind) =>
  kind === "value" ? orderedJsonValue : scalar(kind),
);

/** A single value or null. */
export const oneValueOrNull: OperandSchema<Operand> = perKind((kind) =>
  z.union([z.null(), scalar(kind)], { error: `must be ${SCALARS[kind].wording}, or null` }),
);

function listOf(item: z.ZodType<Operand>): z.ZodType<Operand[]> {
  return z
    .array(item, { error: "must be an array of values" })
    .max(MAX_LIST_LENGTH, { error: `must have at most ${MAX_LIST_LENGTH} values` });
}

/** A list of values. */
export const values: OperandSchema<Operand[]> = perKind((kind) => listOf(scalar(kind)));

/** A list of values that may hold null. */
export const valuesOrNull: OperandSchema<Operand[]> = perKind((kind) =>
  listOf(oneValueOrNull(kind)),
);

/** A text to search for, as it stands. */
export const searchText = z
  .string({ error: "must be the text to search for" })
  .refine((text) => Array.from(text).length <= MAX_SEARCH_LENGTH, {
    error: `must be at most ${MAX_SEARCH_LENGTH} characters`,
  })
  .meta({ maxLength: MAX_SEARCH_LENGTH });

/** A text to search for, without the spaces around it. */
export const trimmedSearchText = z
  .string({ error: "must be the text to search for" })
  .trim()
  .meta({ pattern: `^\\s*(?:\\S(?:[\\s\\S]{0,${MAX_SEARCH_LENGTH - 2}}\\S)?)?\\s*$` })
  .pipe(searchText);

/** An operator object with a `value`. */
export function valueObject<V>(value: OperandSchema<V>): OperandSchema<V> {
  return perKind((kind) =>
    z
      .strictObject({ _type: z.string(), value: value(kind) })
      .transform((given) => given.value as V),
  );
}

/** An operator object with two limits. */
export const limitsObject = perKind((kind) =>
  z
    .strictObject({
      _type: z.string(),
      startValue: orderedValue(kind),
      endValue: orderedValue(kind),
    })
    .transform(({ startValue, endValue }) => ({ from: startValue, upTo: endValue })),
);

/** An operator object that asks no more than its name says. */
export const nothingObject: OperandSchema<unknown> = perKind(() =>
  z.strictObject({ _type: z.string(), value: z.null({ error: "must be absent" }).optional() }),
);

/** An operator object that searches a text in several fields. */
export const searchFieldsObject = perKind(() =>
  z.strictObject({
    _type: z.string(),
    value: trimmedSearchText,
    fields: z
      .array(z.string({ error: "must be the name of a property" }), {
        error: "must be an array of property names",
      })
      .min(1, { error: "must name at least one property" })
      .max(MAX_SEARCH_FIELDS, { error: `must name at most ${MAX_SEARCH_FIELDS} properties` }),
  }),
);
