import {
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";
import { z } from "zod";

import { isEmergencyNumber } from "./emergency-number.ts";

/** Highest number of characters that a phone number may have as written, separators included. */
const MAX_WRITTEN_LENGTH = 40;
/** Longest text that is looked at, with what is unseen around the number. */
const MAX_PASTED_LENGTH = 200;

/** Most digits of a number, country code included (ITU-T E.164, section 6). */
const MAX_DIGITS = 15;

/** What is pasted with a number and not seen: direction marks, joiners, byte order marks, spaces of any kind. */
const UNSEEN_AT_ENDS = /^[\p{Cf}\s]+|[\p{Cf}\s]+$/gu;

/**
 * A number and what people part its digits with: spaces, dashes, dots, brackets, slashes, and what typesetters put for them. Digits are
 * those of any script that the phone number library reads; only one plus, before them.
 */
const WRITTEN_NUMBER =
  /^\+[\d\uff10-\uff19\u0660-\u0669\u06f0-\u06f9\p{Zs}\p{Pd}\u2212\u30fc.()[\]（）［］．/／\u00ad\u200b\u2060]+$/u;

/**
 * E.164 form of a phone number written with separators ("+1-555-999-8888" → "+15559998888"),
 * or undefined when there is anything else around it, when it has no country code or an impossible length.
 */
export function toE164(written: string): string | undefined {
  if (written.length > MAX_PASTED_LENGTH) return undefined;
  const text = written.replaceAll(UNSEEN_AT_ENDS, "").replaceAll(/\p{Zs}/gu, " ");
  if (text.length > MAX_WRITTEN_LENGTH || !WRITTEN_NUMBER.test(text)) return undefined;
  const parsed = parsePhoneNumberFromString(text);
  return parsed?.isPossible() && parsed.number.length <= MAX_DIGITS + 1 ? parsed.number : undefined;
}

/** ISO 3166 country of an E.164 number, or undefined where the code alone does not decide it. */
export function countryOf(e164: string): string | undefined {
  return parsePhoneNumberFromString(e164)?.country;
}

/** Country calling code of an E.164 number, without `+`; undefined for one that no plan knows. */
export function callingCodeOf(e164: string): string | undefined {
  return parsePhoneNumberFromString(e164)?.countryCallingCode;
}

/** An E.164 number in the groups of its country ("+1 555 010 0110"), or undefined for what is no number. */
export function groupedPhoneNumber(e164: string): string | undefined {
  return parsePhoneNumberFromString(e164)?.formatInternational();
}

/** Country calling code of a country (ISO 3166), without `+`; several countries may share one. */
export function callingCodeOfCountry(country: string): string | undefined {
  return isSupportedCountry(country) ? getCountryCallingCode(country) : undefined;
}

/** Number for logs and messages: country code and last two digits, the rest masked. */
export function maskPhoneNumber(e164: string): string {
  return e164.length > 6 ? `${e164.slice(0, 3)}…${e164.slice(-2)}` : "…";
}

function refusalOf(written: string): string {
  return isEmergencyNumber(written)
    ? "must not be an emergency number: these are called on the spot, never by software"
    : 'must be a phone number with its country code and nothing else, such as "+15559998888"';
}

/** A phone number to dial: separators are allowed, a country code is required; kept as E.164. */
export const phoneNumber = z
  .string({ error: "must be a phone number as text" })
  .transform((written, context) => {
    const number = isEmergencyNumber(written) ? undefined : toE164(written);
    if (number !== undefined) return number;
    context.addIssue({ code: "custom", message: refusalOf(written) });
    return z.NEVER;
  })
  .meta({ example: "+15559998888" });
