import { z } from "zod";

/** A point in time as the record keeps it: a `Date`; ISO-8601 UTC with milliseconds on the wire. */
export const timestamp = z.date().meta({ example: "2026-11-23T03:12:00.000Z" });

// An offset can shift a time out of the years that ISO-8601 writes with four digits, and that are read again.
function hasFourDigitYear(text: string): boolean {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) || /^(?!0000)\d{4}-/.test(time.toISOString());
}

/** A point in time as a request gives it: ISO-8601 with a time zone; parsed to a `Date`. */
export const timestampInput = z.iso
  .datetime({
    offset: true,
    error: 'must be a date and time with its zone, such as "2026-11-23T03:12:00Z"',
  })
  .refine(hasFourDigitYear, { error: "must be in one of the years 0001 to 9999, in UTC" })
  .transform((text) => new Date(text))
  .meta({ example: "2026-11-23T03:12:00Z" });

/** The wire form of a record: every `Date` in it as ISO text. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;
