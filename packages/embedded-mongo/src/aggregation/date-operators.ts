import { Int32, ObjectId } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { type Expression, type ParseOperator, isNothing, nullable } from "./expression-type.ts";
import { toLocal } from "./zoned-date.ts";

type Parse = Parameters<ParseOperator>[1];

/** The operators of dates. */
export const DATE_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $hour: parseHour,
  $dateToString: parseDateToString,
};

function parseHour(operand: unknown, parse: Parse): Expression {
  const named = asDocument(operand);
  if (named !== undefined && Object.keys(named)[0]?.startsWith("$") !== true)
    throw unsupported("$hour of a document, and so its 'timezone',");
  return nullable([1, 1], (value) => new Int32(dateOf(value).getUTCHours()))(operand, parse);
}

const FIELDS = ["date", "format", "timezone"];

function parseDateToString(operand: unknown, parse: Parse): Expression {
  const source = asDocument(operand);
  if (source === undefined)
    throw new CommandError(18629, "$dateToString only supports an object as its argument");
  const unknown = Object.keys(source).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined)
    throw new CommandError(
      18534,
      `Unrecognized argument to $dateToString, or not supported by this server: ${unknown}`,
    );
  if (source["date"] === undefined)
    throw new CommandError(18628, "Missing 'date' parameter to $dateToString");
  const { format, timezone = "UTC" } = source as { format?: unknown; timezone?: unknown };
  if (typeof format !== "string" || typeof timezone !== "string" || timezone.startsWith("$"))
    throw unsupported("$dateToString without a constant 'format' and 'timezone'");
  assertFormat(format);
  const date = parse(source["date"]);
  return (document) => {
    const value = date(document);
    return isNothing(value) ? null : formatted(toLocal(dateOf(value), timezone), format);
  };
}

const SPECIFIERS: Readonly<Record<string, (local: Date) => string>> = {
  Y: (local) => String(local.getUTCFullYear()).padStart(4, "0"),
  m: (local) => String(local.getUTCMonth() + 1).padStart(2, "0"),
  d: (local) => String(local.getUTCDate()).padStart(2, "0"),
};

function assertFormat(format: string): void {
  for (const [specifier, letter = ""] of format.matchAll(/%(.?)/gs)) {
    if (!Object.hasOwn(SPECIFIERS, letter)) throw unsupported(`'${specifier}' in a date's format`);
  }
}

function formatted(local: Date, format: string): string {
  return format.replaceAll(/%(.)/g, (_, letter: string) => SPECIFIERS[letter]?.(local) ?? "");
}

function dateOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  throw new CommandError(16006, `can't convert from BSON type ${typeOf(value)} to Date`);
}
