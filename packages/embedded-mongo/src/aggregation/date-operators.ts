import { type Document, Int32, Long, ObjectId } from "bson";

import { toSafeInteger } from "../bson-number.ts";
import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { formatDate } from "./date-format.ts";
import { addUnits, boundariesBetween, isoWeek, toUnit, truncate } from "./date-units.ts";
import { type Expression, type ParseOperator, type Scope, isNothing } from "./expression-type.ts";
import { fromLocal, toLocal } from "./zoned-date.ts";

const DAY_MS = 86_400_000;

/** The operators of dates. */
export const DATE_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $year: part((date) => date.getUTCFullYear()),
  $month: part((date) => date.getUTCMonth() + 1),
  $dayOfMonth: part((date) => date.getUTCDate()),
  $dayOfWeek: part((date) => date.getUTCDay() + 1),
  $dayOfYear: part(
    (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1,
  ),
  $hour: part((date) => date.getUTCHours()),
  $minute: part((date) => date.getUTCMinutes()),
  $second: part((date) => date.getUTCSeconds()),
  $millisecond: part((date) => date.getUTCMilliseconds()),
  $isoDayOfWeek: part((date) => date.getUTCDay() || 7),
  $isoWeek: part((date) => isoWeek(date).week),
  $isoWeekYear: part((date) => isoWeek(date).year),
  $dateToString: named("$dateToString", ["date", "format", "timezone", "onNull"], (fields) => {
    if (isNothing(fields["date"])) return fields["onNull"] ?? null;
    const zone = zoneOf(fields);
    const format = textOf(
      fields,
      "format",
      zone === "UTC" ? "%Y-%m-%dT%H:%M:%S.%LZ" : "%Y-%m-%dT%H:%M:%S.%L",
    );
    return formatDate(dateOf(fields["date"]), format, zone);
  }),
  $dateTrunc: named(
    "$dateTrunc",
    ["date", "unit", "binSize", "timezone", "startOfWeek"],
    (fields) => {
      if (isNothing(fields["date"]) || isNothing(fields["unit"])) return null;
      const zone = zoneOf(fields);
      const local = toLocal(dateOf(fields["date"]), zone);
      const size = fields["binSize"] === undefined ? 1 : wholeOf(fields, "binSize");
      const bin = {
        unit: toUnit(fields["unit"]),
        size,
        startOfWeek: textOf(fields, "startOfWeek", "sunday"),
      };
      return fromLocal(truncate(local, bin), zone);
    },
  ),
  $dateAdd: named("$dateAdd", ["startDate", "unit", "amount", "timezone"], (fields) =>
    shift(fields, 1),
  ),
  $dateSubtract: named("$dateSubtract", ["startDate", "unit", "amount", "timezone"], (fields) =>
    shift(fields, -1),
  ),
  $dateDiff: named(
    "$dateDiff",
    ["startDate", "endDate", "unit", "timezone", "startOfWeek"],
    (fields) => {
      if ([fields["startDate"], fields["endDate"], fields["unit"]].some(isNothing)) return null;
      const zone = zoneOf(fields);
      const span = {
        from: toLocal(dateOf(fields["startDate"]), zone),
        to: toLocal(dateOf(fields["endDate"]), zone),
      };
      return Long.fromNumber(
        boundariesBetween(span, toUnit(fields["unit"]), textOf(fields, "startOfWeek", "sunday")),
      );
    },
  ),
};

function shift(fields: Document, sign: 1 | -1): Date | null {
  if ([fields["startDate"], fields["unit"], fields["amount"]].some(isNothing)) return null;
  const zone = zoneOf(fields);
  const local = toLocal(dateOf(fields["startDate"]), zone);
  return fromLocal(addUnits(local, toUnit(fields["unit"]), wholeOf(fields, "amount") * sign), zone);
}

function part(read: (date: Date) => number): ParseOperator {
  return (operand, parse) => {
    const source = asDocument(operand);
    const isNamed = source !== undefined && "date" in source;
    const date = parse(isNamed ? source["date"] : Array.isArray(operand) ? operand[0] : operand);
    const zone: Expression =
      isNamed && source["timezone"] !== undefined ? parse(source["timezone"]) : () => "UTC";
    return (scope: Scope) => {
      const value = date(scope);
      const timezone = zone(scope);
      if (isNothing(value) || isNothing(timezone)) return null;
      return new Int32(read(toLocal(dateOf(value), zoneOf({ timezone }))));
    };
  };
}

function named(
  name: string,
  fields: readonly string[],
  apply: (fields: Document) => unknown,
): ParseOperator {
  return (operand, parse) => {
    const source = asDocument(operand);
    if (source === undefined)
      throw new CommandError(18629, `${name} only supports an object as its argument`);
    const unknown = Object.keys(source).find((field) => !fields.includes(field));
    if (unknown !== undefined)
      throw new CommandError(18534, `Unrecognized argument to ${name}: ${unknown}`);
    if (source[fields[0] as string] === undefined)
      throw new CommandError(18628, `Missing '${fields[0]}' parameter to ${name}`);
    const expressions = Object.entries(source).map(
      ([field, value]) => [field, parse(value)] as const,
    );
    return (scope) => {
      const values = Object.fromEntries(
        expressions.map(([field, expression]) => [field, expression(scope)]),
      );
      // What is given but null makes the result null, the date itself apart.
      const isNull = Object.keys(values).some(
        (field) => isNothing(values[field]) && field !== "date" && field !== "onNull",
      );
      return isNull ? null : apply(values);
    };
  };
}

function dateOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  throw new CommandError(16006, `can't convert from BSON type ${typeOf(value)} to Date`);
}

function zoneOf(fields: Document): string {
  return textOf(fields, "timezone", "UTC");
}

function textOf(fields: Document, field: string, fallback: string): string {
  const value: unknown = fields[field] ?? fallback;
  if (typeof value === "string") return value;
  throw new CommandError(40517, `${field} must evaluate to a string, found ${typeOf(value)}`);
}

function wholeOf(fields: Document, field: string): number {
  const value = toSafeInteger(fields[field]);
  if (value === undefined) throw new CommandError(5166405, `${field} must be a whole number`);
  return value;
}
