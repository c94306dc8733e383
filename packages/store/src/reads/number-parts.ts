import type { Filter, TextPosition } from "@call-log/model";

import { DIGITS_IN_ROW, digitsTerm } from "../calls/call-lookup.ts";

/** A part of a phone number that a query asks for. */
export interface NumberPart {
  path: "toNumber" | "fromNumber";
  position: TextPosition;
  text: string;
}

/** Only what has no letter case can be compared byte by byte. */
const DIGITS = /^\+?\d+$/;

/** The part of a number that a filter asks for by itself; undefined for every other filter. */
export function numberPartOf(filter: Filter): NumberPart | undefined {
  if (filter.kind !== "leaf" || filter.test.kind !== "match") return undefined;
  const { path, test } = filter;
  if (path !== "toNumber" && path !== "fromNumber") return undefined;
  return DIGITS.test(test.text) ? { path, position: test.position, text: test.text } : undefined;
}

/** True for a number that has the part. */
export function hasPart(number: string, { position, text }: NumberPart): boolean {
  if (position === "start") return number.startsWith(text);
  return position === "end" ? number.endsWith(text) : number.includes(text);
}

/** The term of the last of its digits, which calls to a number with the part have; none for too few digits. */
export function termsOfDigits(text: string): string[] {
  const digits = text.replace("+", "");
  return digits.length < DIGITS_IN_ROW ? [] : [digitsTerm(digits.slice(-DIGITS_IN_ROW))];
}
