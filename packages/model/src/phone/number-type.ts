import { parsePhoneNumberFromString } from "libphonenumber-js/max";

import type { NumberType } from "../callee/callee-rules.ts";

/**
 * Calling codes without a country (ITU-T E.164, country codes for global services and networks). Their metadata has types that hide what they
 * are: an Iridium phone is "mobile".
 */
const GLOBAL_CODES: Readonly<Record<string, NumberType>> = {
  "800": "international",
  "808": "international",
  "870": "satellite",
  "878": "international",
  "881": "satellite",
  "882": "satellite",
  "883": "satellite",
  "888": "international",
  "979": "international",
  "991": "international",
};

const NATIONAL_TYPES: Readonly<Record<string, NumberType>> = {
  PREMIUM_RATE: "premium",
  SHARED_COST: "sharedCost",
};

/** Numbers whose type is remembered; finding it out costs as much as the other checks together. */
const MOST_REMEMBERED = 10_000;

const remembered = new Map<string, NumberType | undefined>();

/**
 * The costly type that a number (E.164) is of, or undefined for all others; from libphonenumber's full metadata, so not
 * for browsers.
 */
export function costlyTypeOf(e164: string): NumberType | undefined {
  if (remembered.has(e164)) return remembered.get(e164);
  const type = findType(e164);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(e164, type);
  return type;
}

function findType(e164: string): NumberType | undefined {
  const global = /^\+(\d{3})/.exec(e164)?.[1] ?? "";
  if (Object.hasOwn(GLOBAL_CODES, global)) return GLOBAL_CODES[global];
  const type = parsePhoneNumberFromString(e164)?.getType();
  return type === undefined ? undefined : NATIONAL_TYPES[type];
}
