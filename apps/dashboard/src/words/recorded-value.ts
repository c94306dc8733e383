import { dayMinute, lengthText } from "../format/time.ts";
import { dollarText } from "../language/local-format.ts";
import { t, tIn } from "../language/translate.ts";
import { partName } from "./field-words.ts";
import { permissionName } from "./permission-words.ts";
import { statusName } from "./status-words.ts";

/** Longest value in a sentence; longer ones are in the raw facts. */
const MOST_CHARACTERS = 100;

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A value that has values of its own, by their names. */
type Parts = Readonly<Record<string, unknown>>;

const SIGN_IN_WAYS: Readonly<Record<string, () => string>> = {
  "api-key": () => tIn("sign-in", "an API key"),
  "identity-provider": () => tIn("sign-in", "the organization"),
};

/** Fields whose values have words of their own. */
const WORDS: Readonly<Record<string, (value: string) => string>> = {
  status: statusName,
  permissions: permissionName,
  // How somebody signed in.
  by: (way) => SIGN_IN_WAYS[way]?.() ?? way,
};

/** Fields whose values within values make one phrase together. */
const PHRASES: Readonly<Record<string, (value: Parts) => string>> = {
  // Who paused and when are in the line.
  paused: ({ reason }) => String(reason),
  operatorPause: ({ reason }) => String(reason),
  calleeLimits: ({ calls, seconds }) =>
    t("{calls, plural, one {# call} other {# calls}} in {span}", {
      calls: Number(calls),
      span: lengthText(Number(seconds)),
    }),
  quietHours: ({ from, to, timeZone }) =>
    t("from {from} to {to} ({timeZone})", {
      from: String(from),
      to: String(to),
      timeZone: String(timeZone),
    }),
  budget: budgetInWords,
  numbers: ({ is, to }) => `${String(is)}: ${String(to)}`,
};

/** Each part of a budget. */
const BUDGET: Readonly<Record<string, (amount: string) => string>> = {
  perDayUSD: (amount) => t("{amount} a day", { amount }),
  perMonthUSD: (amount) => t("{amount} a month", { amount }),
  prepaidUSD: (amount) => t("{amount} prepaid", { amount }),
  reserveUSD: (amount) => t("{amount} set aside for a call", { amount }),
};

/** What is said of no value. */
export const NOTHING = "–";

/** Whether the value of a field is said as a whole, and not by its parts. */
export function isPhrase(field: string): boolean {
  return Object.hasOwn(PHRASES, field);
}

/** A value of the audit trail in words; a dash for none, and three dots for one that is too long for a sentence. */
export function recordedValue(field: string, value: unknown): string {
  const text = valueInWords(field, value);
  return text.length > MOST_CHARACTERS ? "…" : text || NOTHING;
}

/** The value of a field in words, however long; empty for none. */
export function valueInWords(field: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (Array.isArray(value)) return value.map((one) => valueInWords(field, one)).join(", ");
  if (typeof value === "object") return partsInWords(field, value as Parts);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (MOMENT.test(text)) return dayMinute(text);
  return Object.hasOwn(WORDS, field) ? WORDS[field]!(text) : text;
}

function partsInWords(field: string, value: Parts): string {
  if (isPhrase(field)) return PHRASES[field]!(value);
  return Object.entries(value)
    .map(([name, part]) => `${partName(name)} ${valueInWords(name, part)}`)
    .join(", ");
}

function budgetInWords(value: Parts): string {
  return Object.entries(value)
    .map(([name, usd]) => BUDGET[name]?.(dollarText(String(usd))) ?? `${name} ${String(usd)}`)
    .join(", ");
}
