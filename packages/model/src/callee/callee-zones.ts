import { type CountryCode, getCountries, getCountryCallingCode } from "libphonenumber-js";

import { callingCodeOf, countryOf } from "../phone/phone-number.ts";

/**
 * IANA time zones that a number (E.164) may be in: those of its country, or of all countries that share its calling code where the
 * number does not tell which; none for a number that no plan knows. A number can be carried abroad, so this is where it is from.
 */
export function zonesOfNumber(e164: string): string[] {
  const country = countryOf(e164);
  if (country !== undefined) return zonesOfCountry(country);
  const code = callingCodeOf(e164);
  const countries = getCountries().filter((one) => getCountryCallingCode(one) === code);
  return [...new Set(countries.flatMap((one: CountryCode) => zonesOfCountry(one)))];
}

// `timeZones` became `getTimeZones()`; engines have one or both.
function zonesOfCountry(country: string): string[] {
  const locale: Intl.Locale & {
    timeZones?: readonly string[] | undefined;
    getTimeZones?: () => readonly string[] | undefined;
  } = new Intl.Locale("und", { region: country });
  return [...(locale.getTimeZones?.() ?? locale.timeZones ?? [])];
}
