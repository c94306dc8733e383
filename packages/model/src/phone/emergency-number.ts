import { getCountries, getCountryCallingCode } from "libphonenumber-js";

/** Emergency numbers of the world (ITU-T E.161.1 and national plans), as they are dialled on the spot. */
const EMERGENCY_NUMBERS: ReadonlySet<string> = new Set(
  (
    "000 100 101 102 103 104 105 106 107 108 110 111 112 113 114 115 116 117 118 119 120 122 123 125 126 127 128 " +
    "129 130 131 132 133 140 141 143 144 150 151 155 158 160 161 166 170 175 180 190 191 192 193 194 195 196 197 " +
    "198 199 911 912 913 919 922 933 988 990 991 992 993 994 995 996 997 998 999 15 17 18"
  ).split(" "),
);

/** True for an emergency number as somebody may write it: bare (+112), or after a country's calling code (+49112). */
export function isEmergencyNumber(written: string): boolean {
  const digits = written.replaceAll(/\D/g, "");
  // A calling code has at most three digits and an emergency number, too.
  if (digits.length > 6) return false;
  if (EMERGENCY_NUMBERS.has(digits)) return true;
  return getCountries().some((country) => {
    const code = getCountryCallingCode(country);
    return digits.startsWith(code) && EMERGENCY_NUMBERS.has(digits.slice(code.length));
  });
}
