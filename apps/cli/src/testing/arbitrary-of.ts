import fc from "fast-check";
import type { z } from "zod";

/** Texts that go wrong: line breaks of all kinds, quotes, separators, formulas, blanks, byte order marks, emoji, numbers, markup. */
const WILD = [
  ["\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\v", "\f", "\t", "\0", "\u001b[31m"],
  ['"', '""', "'", ",", ";", "|", "\\", " ", "\uFEFF", "\u00a0", "🔥", "é", "e\u0301", "١"],
  ["=1+1", "+1", "-1", "@SUM(A1)", "＝", "1e5", "007", "0x10", "null", "true", "{", "}", "[]"],
  ["<b>", "&amp;", "%0A", "$where", "__proto__", "sep=;", "#", "//", "2026-11-23", "a", "z"],
].flat();

/** Any text that MongoDB holds, often one that goes wrong. */
export const anyText = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(fc.constantFrom(...WILD), { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(fc.string({ unit: "binary" }), { maxLength: 2 }) },
  )
  .map((parts) => wellFormed(parts.join("")));

/** Any number that is finite, often whole or an amount of money. */
export const aNumber = fc.oneof(
  fc.nat(),
  fc.integer({ min: 0, max: 99_999_999 }).map((micro) => micro / 10_000),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

const aDate = fc.date({
  noInvalidDate: true,
  min: new Date("0001-01-01T00:00:00.000Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
});

/** The text with another character in the place of half a one. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

/** A value, null, or none. */
export function orNothing<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> {
  return fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.constant(undefined) },
  );
}

/** An arbitrary for each property of an object's schema. */
export function partsOf(shape: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, arbitraryOf(schema as z.ZodType)]),
  );
}

/** Any value of a schema of a record, as far as the database holds it: an optional one may be null. Throws for a kind of schema that no record has. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const { def } = schema._zod as unknown as { def: Definition };
  switch (def.type) {
    case "string":
      return anyText;
    case "number":
      return (schema as z.ZodNumber).isInt ? fc.nat() : aNumber;
    case "boolean":
      return fc.boolean();
    case "date":
      return aDate;
    case "enum":
      return fc.constantFrom(...Object.values(def.entries));
    case "literal":
      return fc.constantFrom(...def.values);
    case "optional":
      return orNothing(arbitraryOf(def.innerType));
    case "nullable":
      return fc.oneof(fc.constant(null), arbitraryOf(def.innerType));
    case "union":
      return fc.oneof(...def.options.map(arbitraryOf));
    case "array":
      return fc.array(arbitraryOf(def.element), { maxLength: 3 });
    case "record":
      return fc.dictionary(fc.string({ unit: "grapheme-ascii" }), arbitraryOf(def.valueType));
    case "unknown":
      return anyText;
    case "object":
      return fc
        .record(partsOf(def.shape))
        .map((parts) =>
          Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
        );
    case "pipe":
      return arbitraryOf(def.in);
    default:
      throw new Error(`no arbitrary for ${(def as { type: string }).type}`);
  }
}

type Definition =
  | { type: "string" | "number" | "boolean" | "date" | "unknown" }
  | { type: "enum"; entries: Readonly<Record<string, string>> }
  | { type: "literal"; values: readonly unknown[] }
  | { type: "optional" | "nullable"; innerType: z.ZodType }
  | { type: "union"; options: readonly z.ZodType[] }
  | { type: "array"; element: z.ZodType }
  | { type: "record"; valueType: z.ZodType }
  | { type: "object"; shape: Readonly<Record<string, z.ZodType>> }
  | { type: "pipe"; in: z.ZodType };
