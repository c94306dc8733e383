import { z } from "zod";

import { isObjectId } from "../../value/object-id.ts";
import type { FieldKind } from "./field.ts";
import type { Scalar } from "./filter.ts";
import { isPlainObject } from "./plain-object.ts";

/** Kinds of field that have single values to compare with. */
export type ScalarKind = Exclude<FieldKind, "json" | "objects">;

interface ScalarEntry {
  /** What the value must be, for error texts and the documentation. */
  wording: string;
  /** OneUptime's wrappers `{"_type": …, "value": …}` that are taken for it. */
  wrappers: readonly WrapperName[];
  /** Checks the bare value. */
  schema: z.ZodType<Scalar>;
}

/** OneUptime's wrappers around a value. */
const WRAPPER_NAMES = ["ObjectID", "DateTime", "Phone"] as const;

/** Name of a wrapper around a value. */
type WrapperName = (typeof WRAPPER_NAMES)[number];

// Its pattern says all: what makes clients reads a format as a type of its language, and writes a day as a time without a zone.
const textOf = <S extends z.ZodType>(schema: S): S => schema.meta({ format: undefined }) as S;

const text = z.string();
const id = text
  .refine(isObjectId)
  .transform((value) => value.toLowerCase())
  .meta({ pattern: "^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24})$" });
const date = z
  .preprocess(
    writtenDate,
    z.union([textOf(z.iso.datetime({ offset: true })), textOf(z.iso.date())]),
  )
  // What `preprocess` takes may be absent, so an object's schema would not require it.
  .nonoptional()
  .transform((value) => new Date(value))
  .pipe(z.date());
const numericText = text
  // So many digits that none of these is infinite.
  .regex(/^[+-]?([0-9]{1,100}(\.[0-9]{0,100})?|\.[0-9]{1,100})([eE][+-]?[0-9]{1,2})?$/)
  .transform(Number)
  .pipe(z.number());

/** What a single value of each kind looks like. */
export const SCALARS: Record<ScalarKind, ScalarEntry> = {
  id: {
    wording: "an id (a UUID or 24 hexadecimal digits)",
    wrappers: ["ObjectID"],
    schema: id,
  },
  date: {
    wording: 'a date such as "2026-11-23T03:12:00.000Z" (ISO 8601 with its zone)',
    wrappers: ["DateTime"],
    schema: date,
  },
  phone: { wording: "a phone number as text", wrappers: ["Phone"], schema: text },
  text: { wording: "text", wrappers: WRAPPER_NAMES, schema: text },
  texts: { wording: "text", wrappers: WRAPPER_NAMES, schema: text },
  number: {
    wording: "a number",
    wrappers: [],
    schema: z.union([z.number(), numericText], { error: "must be a number" }),
  },
  boolean: {
    wording: "true or false",
    wrappers: [],
    schema: z.boolean({ error: "must be true or false" }),
  },
  value: {
    wording: "text, a number, true or false",
    wrappers: WRAPPER_NAMES,
    schema: z.union([text, z.number(), z.boolean()]),
  },
};

// In the process a caller may give a Date itself.
function writtenDate(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
}

function wrapped(name: WrapperName, schema: z.ZodType<Scalar>): z.ZodType<Scalar> {
  return z
    .strictObject({ _type: z.literal(name), value: schema })
    .transform((wrapper) => wrapper.value);
}

function scalarSchema({ wording, wrappers, schema }: ScalarEntry, kind: string): z.ZodType<Scalar> {
  const options = wrappers.map((name) => wrapped(name, schema));
  const any = z.union([schema, ...options], { error: `must be ${wording}` });
  // An alternative of one is none.
  return (options.length === 0 ? schema : any).meta({
    id: `QueryValue_${kind}`,
    description: wording,
  });
}

const SCALAR_SCHEMAS = Object.fromEntries(
  Object.entries(SCALARS).map(([kind, entry]) => [kind, scalarSchema(entry, kind)]),
) as Record<ScalarKind, z.ZodType<Scalar>>;

/** Schema of a single value of a kind: the plain value or a wrapper of OneUptime. */
export function scalar(kind: ScalarKind): z.ZodType<Scalar> {
  return SCALAR_SCHEMAS[kind];
}

/** Schema of a JSON value that others can be greater or less than. */
export const orderedJsonValue = scalarSchema(
  { ...SCALARS.value, wording: "text or a number", schema: z.union([text, z.number()]) },
  "ordered",
);

/** True for one of OneUptime's wrappers around a value, whatever the value is. */
export function isWrapper(input: unknown): boolean {
  return isPlainObject(input) && (WRAPPER_NAMES as readonly unknown[]).includes(input["_type"]);
}
