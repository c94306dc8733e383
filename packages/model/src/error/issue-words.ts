import type { z } from "zod";

type RawIssue = z.core.$ZodRawIssue;
type Of<Code extends RawIssue["code"]> = Extract<RawIssue, { code: Code }>;

/** What a value has to be, by zod's name for its type. */
const KINDS: Readonly<Record<string, string>> = {
  string: "must be text",
  number: "must be a number",
  int: "must be a whole number",
  boolean: "must be true or false",
  array: "must be a list",
  object: "must be an object",
  record: "must be an object",
  date: "must be a date and time",
  null: "must be null",
  undefined: "must be absent",
  never: "must be absent",
};

/** What text has to be, by zod's name for its form. */
const FORMS: Readonly<Record<string, string>> = {
  url: "must be a web address",
  email: "must be an email address",
  uuid: "must be a UUID",
  datetime: 'must be a date and time with its zone, such as "2026-11-23T03:12:00Z"',
  regex: "is not of the form that is allowed here",
};

/** Units that a length is counted in, by what is counted. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ["character", "characters"],
  array: ["entry", "entries"],
  set: ["entry", "entries"],
  map: ["entry", "entries"],
};

/** An issue that no schema has words of its own for, in ours; undefined for one that always has its own. */
export function issueWords(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return KINDS[issue.expected] ?? "is of another type than it must be";
    case "invalid_value":
      return oneOf(issue.values);
    case "too_big":
      return tooBig(issue);
    case "too_small":
      return tooSmall(issue);
    case "invalid_format":
      return FORMS[issue.format] ?? FORMS["regex"];
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `there is no ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`;
    case "invalid_key":
    case "invalid_element":
    case "invalid_union":
      return "is none of the forms that are allowed here";
    case "custom":
      return undefined;
  }
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  return names.length === 1 ? `must be ${names[0]}` : `must be one of: ${names.join(", ")}`;
}

function tooBig({ origin, maximum, inclusive }: Of<"too_big">): string {
  if (UNITS[origin] !== undefined) return `must have at most ${counted(origin, maximum)}`;
  return inclusive === false ? `must be less than ${maximum}` : `must be at most ${maximum}`;
}

function tooSmall({ origin, minimum, inclusive }: Of<"too_small">): string {
  if (origin === "string" && minimum === 1) return "must not be empty";
  if (UNITS[origin] !== undefined) return `must have at least ${counted(origin, minimum)}`;
  return inclusive === false ? `must be more than ${minimum}` : `must be at least ${minimum}`;
}

function counted(origin: string, count: number | bigint): string {
  const [one, many] = UNITS[origin]!;
  return `${count} ${Number(count) === 1 ? one : many}`;
}
