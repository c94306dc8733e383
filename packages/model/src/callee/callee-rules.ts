import { z } from "zod";

import { callingCodeOf, countryOf } from "../phone/phone-number.ts";

/** Setting: ISO 3166 countries that may be called; `*` for all. */
export const allowedCountries = z
  .array(
    z.string().regex(/^([A-Z]{2}|\*)$/, {
      error: 'must be a country by its two letters, such as "DE", or "*" for all',
    }),
  )
  .min(1, { error: "must name at least one country" })
  .max(250, { error: "must be at most 250 countries" })
  .meta({
    description: "Countries that may be called; those of the project's numbers when absent",
    example: ["DE", "AT"],
  });

/** Setting: prefixes of numbers that are never called, such as premium rate ones. */
export const blockedPrefixes = z
  .array(
    z.string().regex(/^\+\d{1,14}$/, {
      error: 'must be the beginning of a number with its country code, such as "+1900"',
    }),
  )
  .max(1000, { error: "must be at most 1000 beginnings" })
  .meta({ description: "Prefixes of numbers that are never called", example: ["+1900"] });

/** Types of numbers that are expensive to call; refused unless installation and project allow them. */
export const NUMBER_TYPES = ["premium", "sharedCost", "satellite", "international"] as const;

/** A type of numbers that are expensive to call. */
export type NumberType = (typeof NUMBER_TYPES)[number];

/** Each type in English, before the word numbers. */
export const NUMBER_TYPE_NAMES: Readonly<Record<NumberType, string>> = {
  premium: "premium-rate",
  sharedCost: "shared-cost",
  satellite: "satellite",
  international: "universal international",
};

/** Setting: types of expensive numbers that may be called. */
export const allowedNumberTypes = z
  .array(z.enum(NUMBER_TYPES, { error: `must be one of: ${NUMBER_TYPES.join(", ")}` }))
  .max(NUMBER_TYPES.length, { error: `must be at most ${NUMBER_TYPES.length} types` })
  .meta({
    description:
      "Costly types of numbers that may be called, if the installation also allows them; none when absent",
    example: ["sharedCost"],
  });

/** Why a number of a costly type may not be called, or undefined when installation and project allow its type. */
export function numberTypeRefusal(
  type: NumberType | undefined,
  allowed: { installation: readonly NumberType[]; project: readonly NumberType[] },
): string | undefined {
  if (type === undefined) return undefined;
  const refused = `toNumber: ${NUMBER_TYPE_NAMES[type]} numbers are not called`;
  if (!allowed.installation.includes(type))
    return `${refused} unless the operator allows "${type}" by ALLOWED_NUMBER_TYPES`;
  if (!allowed.project.includes(type))
    return `${refused} unless the project's setting allowedNumberTypes has "${type}"`;
  return undefined;
}

/** Rules on the numbers that a project may call. */
export interface CalleeRules {
  fromNumbers: readonly string[];
  allowedCountries?: readonly string[] | undefined;
  blockedPrefixes?: readonly string[] | undefined;
}

/** Why a project may not call a number (E.164), or undefined when it may. A guard against toll fraud and loops. */
export function calleeRefusal(rules: CalleeRules, toNumber: string): string | undefined {
  const { blockedPrefixes: blocked = [] } = rules;
  const prefix = blocked.find((beginning) => toNumber.startsWith(beginning));
  if (prefix !== undefined) return `toNumber: numbers that begin with ${prefix} are blocked`;
  const { countries, codes } = allowed(rules);
  if (countries.has("*") || countries.size + codes.size === 0) return undefined;
  const country = countryOf(toNumber);
  if (country !== undefined && countries.has(country)) return undefined;
  if (codes.has(callingCodeOf(toNumber) ?? "")) return undefined;
  const named = [...countries, ...[...codes].map((code) => `+${code}`)].join(", ");
  return `toNumber: calls to ${country ?? "this number"} are not allowed; allowed: ${named}`;
}

// A number whose calling code has several countries and that belongs to none of them, such as +1 555 …, is allowed by any of them.
function allowed({ fromNumbers, allowedCountries: given }: CalleeRules) {
  if (given !== undefined) return { countries: new Set(given), codes: new Set<string>() };
  const countries = new Set(fromNumbers.flatMap((number) => countryOf(number) ?? []));
  const vague = fromNumbers.filter((number) => countryOf(number) === undefined);
  return { countries, codes: new Set(vague.flatMap((number) => callingCodeOf(number) ?? [])) };
}
