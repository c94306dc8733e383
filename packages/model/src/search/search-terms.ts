import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js";

import { isObjectId } from "../value/object-id.ts";

/** What a searched text can mean; a text can mean several things. */
export interface SearchTerms {
  /** The text without white space at its ends. */
  text: string;
  /** Beginnings of E.164 numbers, or whole ones: `+49151`. */
  numberStarts: readonly string[];
  /** Digits of a number, for a text that can be the end or another part of one. */
  digits?: string;
  /** A whole id in lower case. */
  id?: string;
  /** Beginning of a call log's id in lower case, or the whole of it. */
  callIdStart?: string;
  /** A text without white space that can be a provider's call id. */
  providerCallId?: string;
}

/** Fewest digits of a number that are looked for; fewer are in nearly every number. */
const FEWEST_DIGITS = 3;
/** Fewest characters of an id. In an id of this length the time is known to about a minute, so few calls share it. */
const FEWEST_OF_ID = 8;
/** Fewest characters of a provider's call id. */
const FEWEST_OF_PROVIDER_ID = 6;

/** What separates digits as people write them, and what is pasted with them unseen. */
const SEPARATORS = /[\s().\-\u2010-\u2015\u2212/\p{Cf}]/gu;
const PLUS_AND_DIGITS = /^\+?\d+$/;
const ID_START = /^[0-9a-f]{8}(?:-(?:[0-9a-f]{0,4}(?:-[0-9a-f]{0,4}){0,2}(?:-[0-9a-f]{0,12})?))?$/;
const HEX_ID_START = /^[0-9a-f]{8,24}$/;

/** What a searched text can mean, in a project that calls from these countries (ISO 3166). */
export function searchTerms(written: string, countries: readonly string[]): SearchTerms {
  const text = written.trim();
  return { text, ...numberTerms(text, countries), ...idTerms(text) };
}

function numberTerms(
  text: string,
  countries: readonly string[],
): Pick<SearchTerms, "numberStarts" | "digits"> {
  const plain = text.normalize("NFKC").replaceAll(SEPARATORS, "");
  const digits = plain.replace(/^\+/, "");
  if (!PLUS_AND_DIGITS.test(plain) || digits.length < FEWEST_DIGITS) return { numberStarts: [] };
  if (plain.startsWith("+")) return { numberStarts: digits.startsWith("0") ? [] : [plain] };
  // 00 stands for the plus, or it begins a part of a number.
  const international = digits.startsWith("00") ? [`+${digits.slice(2)}`] : [];
  const national = countries.flatMap((country) => nationalStart(digits, country));
  const part = digits.replace(/^0+/, "");
  return {
    numberStarts: [...new Set([...international, ...national, `+${digits}`])].filter(
      (start) => start.length > FEWEST_DIGITS && !start.startsWith("+0"),
    ),
    ...(part.length >= FEWEST_DIGITS && { digits: part }),
  };
}

// The beginning of a number that is written as within a country: its calling code for the 0 in front, if there is one.
function nationalStart(digits: string, country: string): string[] {
  if (!isSupportedCountry(country)) return [];
  const whole = parsePhoneNumberFromString(digits, country as CountryCode);
  const start = `+${getCountryCallingCode(country)}${digits.replace(/^0/, "")}`;
  return whole?.isPossible() ? [whole.number, start] : [start];
}

function idTerms(text: string): Pick<SearchTerms, "id" | "callIdStart" | "providerCallId"> {
  if (/\s/u.test(text)) return {};
  const lower = text.toLowerCase();
  const isStart =
    lower.length >= FEWEST_OF_ID && (ID_START.test(lower) || HEX_ID_START.test(lower));
  return {
    ...(isObjectId(lower) && { id: lower }),
    ...(isStart && { callIdStart: lower }),
    ...(text.length >= FEWEST_OF_PROVIDER_ID && { providerCallId: text }),
  };
}
