import { type CountryCode, getCountries, getCountryCallingCode } from "libphonenumber-js";

import { callingCodeOf, countryOf } from "../phone/phone-number.ts";

/**
 * IANA time zones of a number (E.164): those of its country, or of all countries with its calling code if the number could be of any; none for a number of no numbering plan. A phone can be taken abroad: these are the zones of its home.
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
