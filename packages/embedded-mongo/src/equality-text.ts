import { Int32 } from "bson";

import { encode } from "./bson-bytes.ts";
import { toFraction, toNumber } from "./bson-number.ts";
import { asDocument, isNumeric, rankOf, typeOf } from "./bson-type.ts";

/** Returns a text that two values share exactly if MongoDB holds them equal. */
export function equalityText(value: unknown): string {
  if (typeof value === "string") return `s${JSON.stringify(value)}`;
  if (isNumeric(value)) return `n${numberKey(value)}`;
  if (Array.isArray(value)) return `[${value.map(equalityText).join()}]`;
  const document = asDocument(value);
  if (document !== undefined) {
    return `{${Object.entries(document)
      .map(([name, own]) => `${JSON.stringify(name)}:${equalityText(own)}`)
      .join()}}`;
  }
  if (typeOf(value) === "missing") return "missing";
  return `${rankOf(value)}:${Buffer.from(encode({ value })).toString("latin1")}`;
}

function numberKey(value: unknown): string {
  if (value instanceof Int32) return String(value.value);
  const number = toNumber(value) ?? Number.NaN;
  return Number.isFinite(number) ? fractionKey(value) : String(number);
}

function fractionKey(value: unknown): string {
  let { digits, exponent } = toFraction(value);
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  if (digits === 0n) return "0";
  return exponent >= 0 && exponent < 20
    ? String(digits * 10n ** BigInt(exponent))
    : `${digits}e${exponent}`;
}
