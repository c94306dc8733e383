/** Properties that hold a phone number, wherever they stand in a call log. */
const NUMBERS: ReadonlySet<string> = new Set(["toNumber", "fromNumber"]);

/** Properties whose text may name one: what a provider says, what is spoken, and the number of a related resource. */
const TEXTS: ReadonlySet<string> = new Set(["statusMessage", "errorMessage", "callData", "number"]);

/** An attempt's own number counts attempts. */
const COUNT = /^attempts\.(\d+\.)?number$|^number$/;

/** A number written with its country code, somewhere in a text. */
const WRITTEN_NUMBER = /\+\d(?:[\s().-]{0,3}\d){5,14}/g;

/** A number of which the country, and the last two digits, are left: "+1555•••••00". Of the same length; at least four digits are hidden. */
export function maskedNumber(number: string): string {
  const tail = Math.max(0, Math.min(2, number.length - 5));
  const head = Math.max(0, Math.min(5, number.length - tail - 4));
  const hidden = "•".repeat(number.length - head - tail);
  return number.slice(0, head) + hidden + number.slice(number.length - tail);
}

/** Whether a stored path, such as `attempts.0.fromNumber`, holds a number or a text that may name one. */
export function mayHoldNumber(path: string): boolean {
  if (COUNT.test(path)) return false;
  return path.split(".").some((name) => NUMBERS.has(name) || TEXTS.has(name));
}

/** A value with every phone number of a call log in it masked, at any depth; dates and all else stay as they are. */
export function withMaskedNumbers<T>(value: T): T {
  return masked(value, false) as T;
}

function masked(value: unknown, isText: boolean): unknown {
  if (typeof value === "string")
    return isText ? value.replace(WRITTEN_NUMBER, maskedNumber) : value;
  if (Array.isArray(value)) return value.map((item) => masked(item, isText));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (NUMBERS.has(name) && typeof inner === "string") return [name, maskedNumber(inner)];
      return [name, masked(inner, isText || TEXTS.has(name))];
    }),
  );
}
