import { t } from "../language/translate.ts";
import { isEnglish } from "./inside-sentence.ts";

type Values = Readonly<Record<string, string>>;

/** What the server, or a form's own check, says of a field: the API has no codes for it, so each by its form. The first that fits counts. */
const ISSUES: readonly (readonly [form: RegExp, words: (values: Values) => string])[] = [
  [/^must be text$/s, () => t("must be text")],
  [/^must be a number$/s, () => t("must be a number")],
  [/^must be a whole number$/s, () => t("must be a whole number")],
  [/^must be true or false$/s, () => t("must be true or false")],
  [/^must be a list$/s, () => t("must be a list")],
  [/^must be an object$/s, () => t("must be an object")],
  [/^must be absent$/s, () => t("must be absent")],
  [/^must be a web address$/s, () => t("must be a web address")],
  [/^must be an http or https address$/s, () => t("must be an http or https address")],
  [/^must be an email address$/s, () => t("must be an email address")],
  [
    /^is not of the form that is allowed here$/s,
    () => t("is not of the form that is allowed here"),
  ],
  [/^must not be empty$/s, () => t("must not be empty")],
  [/^must not be negative$/s, () => t("must not be negative")],
  [/^must be whole days$/s, () => t("must be whole days")],
  [/^must be whole seconds$/s, () => t("must be whole seconds")],
  [/^must be a number of days$/s, () => t("must be a number of days")],
  [/^must be a number of calls$/s, () => t("must be a number of calls")],
  [/^must be a number of seconds$/s, () => t("must be a number of seconds")],
  [
    /^must be a whole number from (?<from>\S+) to (?<to>\S+)$/s,
    (values) => t("must be a whole number from {from} to {to}", values),
  ],
  [
    /^must be a number from (?<from>\S+) to (?<to>\S+)$/s,
    (values) => t("must be a number from {from} to {to}", values),
  ],
  [/^must be one of: (?<names>.+)$/s, (values) => t("must be one of: {names}", values)],
  [
    /^must be at most (?<count>\d+) characters$/s,
    (values) => t("must be at most {count} characters", values),
  ],
  [
    /^must have at most (?<count>\d+) characters?$/s,
    (values) => t("must have at most {count} characters", values),
  ],
  [
    /^must have at least (?<count>\d+) characters?$/s,
    (values) => t("must have at least {count} characters", values),
  ],
  [
    /^must be at most (?<count>\d+) seconds$/s,
    (values) => t("must be at most {count} seconds", values),
  ],
  [/^must be at least 1 second$/s, () => t("must be at least 1 second")],
  [/^must be at most (?<most>[\d.]+)$/s, (values) => t("must be at most {most}", values)],
  [/^must be at least (?<least>[\d.]+)$/s, (values) => t("must be at least {least}", values)],
  [/^must be less than (?<limit>[\d.]+)$/s, (values) => t("must be less than {limit}", values)],
  [/^must be more than (?<limit>[\d.]+)$/s, (values) => t("must be more than {limit}", values)],
  [/^must be more than 0 calls$/s, () => t("must be more than 0 calls")],
  [
    /^must be a phone number with its country code and nothing else, such as .+$/s,
    () =>
      t("must be a phone number with its country code and nothing else, such as {example}", {
        example: '"+15559998888"',
      }),
  ],
  [
    /^must not be an emergency number: .+$/s,
    () => t("must not be an emergency number: these are called on the spot, never by software"),
  ],
  [
    /^must be a time zone by its IANA name, such as .+$/s,
    () =>
      t("must be a time zone by its IANA name, such as {example}", { example: '"Europe/Berlin"' }),
  ],
  [
    /^must be a time of day, such as .+$/s,
    () => t("must be a time of day, such as {example}", { example: '"22:00"' }),
  ],
  [
    /^must be a date and time with its zone, such as .+$/s,
    () =>
      t("must be a date and time with its zone, such as {example}", {
        example: '"2026-11-23T03:12:00Z"',
      }),
  ],
  [
    /^must be US dollars as text, such as .+$/s,
    () => t("must be US dollars as text, such as {example}", { example: '"25.00"' }),
  ],
  [
    /^must be a country by its two letters, such as .+$/s,
    () =>
      t("must be a country by its two letters, such as {example}, or {all} for all", {
        example: '"DE"',
        all: '"*"',
      }),
  ],
  [
    /^must be the beginning of a number with its country code, such as .+$/s,
    () =>
      t("must be the beginning of a number with its country code, such as {example}", {
        example: '"+1900"',
      }),
  ],
  [/^must name at least one country$/s, () => t("must name at least one country")],
  [/^must hold at least one permission$/s, () => t("must hold at least one permission")],
  [/^must have at least one type of event$/s, () => t("must have at least one type of event")],
  [
    /^must be one key of a phone: 0 to 9, \* or #$/s,
    () => t("must be one key of a phone: 0 to 9, * or #"),
  ],
  [/^is on the project's do-not-call list$/s, () => t("is on the project's do-not-call list")],
  [/^must be valid JSON: (?<problem>.+)$/s, (values) => t("must be valid JSON: {problem}", values)],
];

/** A problem of a field in the active language; one that no form has stays in the server's English. */
export function issueWords(problem: string): string {
  return issueWordsIn(problem) ?? problem;
}

/** The same; undefined for one that no form has. */
export function issueWordsIn(problem: string): string | undefined {
  if (isEnglish()) return problem;
  for (const [form, words] of ISSUES) {
    const found = form.exec(problem);
    if (found !== null) return words(found.groups ?? {});
  }
  return undefined;
}
