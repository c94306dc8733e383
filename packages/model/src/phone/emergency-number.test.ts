import { getCountries, getCountryCallingCode } from "libphonenumber-js";
import { describe, expect, test } from "vitest";

import { isEmergencyNumber } from "./emergency-number.ts";
import { phoneNumber } from "./phone-number.ts";

describe("emergency numbers", () => {
  test.each(["+1911", "+112", "+49112", "+49 (112)", "+44-999", "+61000", "+911", "+33 15"])(
    "%s is refused by that rule",
    (written) => {
      const { error } = phoneNumber.safeParse(written);
      expect(error?.issues.map(({ message }) => message)).toEqual([
        "must not be an emergency number: these are called on the spot, never by software",
      ]);
    },
  );

  test("of Europe, America and Britain are known behind every calling code", () => {
    const codes = new Set(getCountries().map((country) => getCountryCallingCode(country)));
    for (const code of codes)
      for (const number of ["112", "911", "999"])
        expect(isEmergencyNumber(`+${code}${number}`), `+${code}${number}`).toBe(true);
  });

  test.each(["+15559998888", "+4911211211", "+491129", "+2904112", "+6834000"])(
    "%s is none",
    (written) => expect(isEmergencyNumber(written)).toBe(false),
  );
});
