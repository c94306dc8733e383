import { BSONRegExp, Int32 } from "bson";

import { toSafeInteger } from "../bson-number.ts";
import { compareStrings } from "../bson-order.ts";
import { asDocument, isNumeric, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { translateRegex } from "../regex-translate.ts";
import { toText } from "./conversion-operators.ts";
import {
  type Expression,
  type ParseOperator,
  isNothing,
  nullable,
  operator,
} from "./expression-type.ts";

/** The operators of strings. */
export const STRING_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $concat: nullable([0, Infinity], (...parts) =>
    parts.map((part) => stringOf(part, 16702, "$concat")).join(""),
  ),
  $toLower: operator([1, 1], (value) =>
    asText(value).replaceAll(/[A-Z]/g, (char) => char.toLowerCase()),
  ),
  $toUpper: operator([1, 1], (value) =>
    asText(value).replaceAll(/[a-z]/g, (char) => char.toUpperCase()),
  ),
  $strLenCP: operator(
    [1, 1],
    (value) => new Int32(codePoints(stringOf(value, 34471, "$strLenCP")).length),
  ),
  $substrCP: operator([3, 3], (value, start, length) => substring(asText(value), start, length)),
  $split: nullable([2, 2], split),
  $strcasecmp: operator(
    [2, 2],
    (a, b) =>
      new Int32(Math.sign(compareStrings(asText(a).toUpperCase(), asText(b).toUpperCase()))),
  ),
  $trim: trimOperator(/^\s+|\s+$/g),
  $ltrim: trimOperator(/^\s+/g),
  $rtrim: trimOperator(/\s+$/g),
  $indexOfCP: operator([2, 2], indexOf),
  $regexMatch: parseRegexMatch,
};

// MongoDB counts code points, and Array.from splits a string into them.
function codePoints(text: string): string[] {
  return Array.from(text);
}

function stringOf(value: unknown, code: number, name: string): string {
  if (typeof value === "string") return value;
  throw new CommandError(code, `${name} requires a string argument, found: ${typeOf(value)}`);
}

// These operators take numbers and dates too, and read nothing as an empty string.
function asText(value: unknown): string {
  if (isNothing(value)) return "";
  if (typeof value === "string") return value;
  if (isNumeric(value) || value instanceof Date) return toText(value);
  throw new CommandError(16007, `can't convert from BSON type ${typeOf(value)} to String`);
}

function substring(text: string, start: unknown, length: unknown): string {
  const from = toSafeInteger(start);
  const count = toSafeInteger(length);
  if (from === undefined || from < 0)
    throw new CommandError(34453, "$substrCP: the starting index must be a non-negative integer.");
  if (count === undefined || count < 0)
    throw new CommandError(34454, "$substrCP: length must be a non-negative integer.");
  return codePoints(text)
    .slice(from, from + count)
    .join("");
}

function split(text: unknown, separator: unknown): string[] {
  const by = stringOf(separator, 40086, "$split");
  if (by === "") throw new CommandError(40087, "$split requires a non-empty separator");
  return stringOf(text, 40085, "$split").split(by);
}

function trimOperator(pattern: RegExp): ParseOperator {
  return (operand, parse) => {
    const source = asDocument(operand);
    if (source?.["input"] === undefined) throw new CommandError(50695, "$trim requires an 'input'");
    if (source["chars"] !== undefined)
      throw new CommandError("NotImplemented", "'chars' of $trim is not supported by this server");
    const input = parse(source["input"]);
    return (scope) => {
      const value = input(scope);
      return isNothing(value) ? null : stringOf(value, 50699, "$trim").replaceAll(pattern, "");
    };
  };
}

function indexOf(text: unknown, part: unknown): unknown {
  if (isNothing(text)) return null;
  const whole = stringOf(text, 40093, "$indexOfCP");
  const at = whole.indexOf(stringOf(part, 40094, "$indexOfCP"));
  return new Int32(at < 0 ? -1 : codePoints(whole.slice(0, at)).length);
}

function parseRegexMatch(operand: unknown, parse: (source: unknown) => Expression): Expression {
  const source = asDocument(operand);
  if (source?.["input"] === undefined || source["regex"] === undefined) {
    throw new CommandError(51103, "$regexMatch requires 'input' and 'regex'");
  }
  const input = parse(source["input"]);
  const regex = parse(source["regex"]);
  const options = parse(source["options"] ?? "");
  return (scope) => {
    const text = input(scope);
    const pattern = regex(scope);
    if (isNothing(text) || isNothing(pattern)) return false;
    const flags = String(options(scope));
    const expression =
      pattern instanceof BSONRegExp
        ? pattern
        : new BSONRegExp(stringOf(pattern, 51105, "$regexMatch"), "");
    return translateRegex(expression.pattern, flags === "" ? expression.options : flags).test(
      stringOf(text, 51104, "$regexMatch"),
    );
  };
}
