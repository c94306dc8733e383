/** Country calling codes of two digits (ITU-T E.164, list of assigned codes); those of one digit are 1 and 7, all others have three. */
const TWO_DIGITS = new Set(
  (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 " +
    "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98"
  ).split(" "),
);

/** The country calling code at the beginning of an E.164 number, with its plus; undefined for anything else. */
export function callingCode(number: string): string | undefined {
  const [, digits] = /^\+([1-9]\d{4,})$/.exec(number) ?? [];
  if (digits === undefined) return undefined;
  if (/^[17]/.test(digits)) return `+${digits[0]}`;
  return `+${digits.slice(0, TWO_DIGITS.has(digits.slice(0, 2)) ? 2 : 3)}`;
}
