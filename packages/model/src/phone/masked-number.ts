/**
 * Digits that are no phone number: a moment in ISO 8601, a UUID, an id of Twilio. Matched first, so that a number is
 * looked for behind them.
 */
const IDENTIFIER = String.raw`\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\b[A-Z]{2}[\da-f]{32}\b`;

/**
 * Six digits or more, as people and carriers write numbers: with or without country code, spaces, brackets, dashes,
 * dots and slashes.
 */
const NUMBER = String.raw`\p{Nd}(?:[\s\p{Pd}()./·]{0,3}\p{Nd}){5,}`;

const WRITTEN_NUMBER = new RegExp(`(?<identifier>${IDENTIFIER})|${NUMBER}`, "gu");

/**
 * A number of which the country, and the last two digits, are left: "+1555•••••00". Of the same length; at least four
 * digits are hidden.
 */
export function maskedNumber(number: string): string {
  const tail = Math.max(0, Math.min(2, number.length - 5));
  const head = Math.max(0, Math.min(5, number.length - tail - 4));
  const hidden = "•".repeat(number.length - head - tail);
  return number.slice(0, head) + hidden + number.slice(number.length - tail);
}

/** A text with the digits of whatever may be a phone number hidden; moments and ids stay. */
export function withMaskedNumbers(text: string): string {
  return text.replace(WRITTEN_NUMBER, (written, identifier?: string) =>
    identifier === undefined ? written.replaceAll(/\p{Nd}/gu, "•") : written,
  );
}
