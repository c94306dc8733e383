import {
  CALL_OUTCOME_NAMES,
  CALL_OUTCOMES,
  CALL_STATUS_NAMES,
  REFUSAL_CLASSES,
  type QueryInput,
  type SortInput,
} from "@call-log/model";

import { dayTime } from "../../format/time.ts";

/** One filter of the table: a parameter of the address, and its condition. */
export interface CallFilter {
  param: string;
  label: string;
  /** Placeholder of its field. */
  placeholder: string;
  condition: (value: string) => QueryInput;
  /** Allowed values, one or several separated by commas; any text if absent. */
  choices?: readonly { value: string; label: string }[];
  /** Kind of text; plain text if absent. */
  type?: "datetime-local" | "tel" | "number";
  /** True if the server refuses it for a key with masked access. */
  isMasked?: true;
  /** How a chip shows the value; unchanged if absent. */
  show?: (value: string) => string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A moment in ISO 8601 from the address: a day, a day and time of the browser's zone, or a moment; anything else unchanged. */
function moment(value: string, clock: string): string {
  const date = new Date(DAY.test(value) ? `${value}T${clock}` : value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

function oneOf(value: string): readonly string[] {
  return value.split(",").filter((part) => part !== "");
}

function choicesOf(names: readonly string[], labelOf = (name: string) => name) {
  return names.map((name) => ({ value: name, label: labelOf(name) }));
}

// People type numbers with spaces, brackets and dashes; the log has none.
const plainNumber = (value: string) => value.replaceAll(/[\s().-]/g, "");

const showMoment = (value: string) =>
  DAY.test(value) || Number.isNaN(Date.parse(value))
    ? value
    : dayTime(new Date(value).toISOString());

/** Properties that free text is searched in. */
const TEXT_FIELDS = [
  "toNumber",
  "fromNumber",
  "statusMessage",
  "callData.message",
  "incident.title",
  "user.name",
  "user.email",
  "tags",
];

/** All filters of the table, in the order of the menu. */
export const FILTERS: readonly CallFilter[] = [
  {
    param: "text",
    label: "Text",
    isMasked: true,
    placeholder: "in numbers, messages, incident, user, tags",
    condition: (value) => ({ search: { _type: "MultiSearch", value, fields: TEXT_FIELDS } }),
  },
  {
    param: "status",
    label: "Status",
    placeholder: "Busy,No Answer",
    choices: choicesOf(CALL_STATUS_NAMES),
    condition: (value) => ({ status: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "outcome",
    label: "Outcome of an attempt",
    placeholder: "voicemail",
    choices: choicesOf(
      CALL_OUTCOME_NAMES,
      (name) => CALL_OUTCOMES[name as keyof typeof CALL_OUTCOMES].wording,
    ),
    condition: (value) => ({ "attempts.outcome": { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "to",
    label: "Called number",
    isMasked: true,
    placeholder: "+15550100100, or how it begins",
    type: "tel",
    condition: (value) => ({ toNumber: { _type: "StartsWith", value: plainNumber(value) } }),
  },
  {
    param: "number-from",
    label: "From number",
    isMasked: true,
    placeholder: "+15551112222",
    type: "tel",
    condition: (value) => ({ fromNumber: { _type: "StartsWith", value: plainNumber(value) } }),
  },
  {
    param: "since",
    label: "Since",
    placeholder: "2026-11-24",
    type: "datetime-local",
    show: showMoment,
    condition: (value) => ({
      createdAt: { _type: "GreaterThanOrEqual", value: moment(value, "00:00:00") },
    }),
  },
  {
    param: "until",
    label: "Until",
    placeholder: "2026-11-24",
    type: "datetime-local",
    show: showMoment,
    condition: (value) => ({
      createdAt: { _type: "LessThanOrEqual", value: moment(value, "23:59:59.999") },
    }),
  },
  {
    param: "incident",
    label: "Incident id",
    placeholder: "an incident's id",
    condition: (value) => ({ incidentId: { _type: "EqualTo", value } }),
  },
  {
    param: "user",
    label: "User id",
    placeholder: "a user's id",
    condition: (value) => ({ userId: { _type: "EqualTo", value } }),
  },
  {
    param: "tag",
    label: "Tag",
    isMasked: true,
    placeholder: "night",
    condition: (value) => ({ tags: { _type: "IncludesAll", value: oneOf(value) } }),
  },
  {
    param: "provider",
    label: "Provider",
    placeholder: "twilio",
    condition: (value) => ({ provider: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "error-class",
    label: "Error class",
    placeholder: "fromNumber",
    choices: choicesOf(REFUSAL_CLASSES),
    condition: (value) => ({ "attempts.errorClass": { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "pricing",
    label: "Price",
    placeholder: "pending",
    choices: choicesOf(["pending", "final", "estimated", "incomplete"]),
    condition: (value) => ({ pricing: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "cost-from",
    label: "Cost from (US cents)",
    placeholder: "1.5",
    type: "number",
    condition: (value) => ({
      callCostInUSDCents: { _type: "GreaterThanOrEqual", value: Number(value) },
    }),
  },
  {
    param: "cost-to",
    label: "Cost to (US cents)",
    placeholder: "100",
    type: "number",
    condition: (value) => ({
      callCostInUSDCents: { _type: "LessThanOrEqual", value: Number(value) },
    }),
  },
];

/** A filter with its value in the address. */
export interface ChosenFilter {
  filter: CallFilter;
  value: string;
}

/** The filters in an address. */
export function chosenFilters(address: URLSearchParams): ChosenFilter[] {
  return FILTERS.flatMap((filter) => {
    const value = address.get(filter.param)?.trim() ?? "";
    return value === "" ? [] : [{ filter, value }];
  });
}

/** The query of the filters in an address. */
export function queryOf(address: URLSearchParams): QueryInput {
  const conditions = chosenFilters(address).map(({ filter, value }) => filter.condition(value));
  return conditions.length === 0 ? {} : { $and: conditions };
}

/** The time range in an address, if it is valid: first moment, and the first one after the last. */
export function spanOf(address: URLSearchParams): { from?: string; to?: string } {
  const [since, until] = [address.get("since") ?? "", address.get("until") ?? ""];
  const from = Date.parse(moment(since, "00:00:00"));
  const to = Date.parse(moment(until, "23:59:59.999")) + 1;
  if (from >= to) return {};
  return {
    ...(!Number.isNaN(from) && { from: new Date(from).toISOString() }),
    ...(!Number.isNaN(to) && { to: new Date(to).toISOString() }),
  };
}

/** An address without filters. */
export const NO_FILTERS: Readonly<Record<string, undefined>> = Object.fromEntries(
  FILTERS.map(({ param }) => [param, undefined]),
);

/** Sortable columns. */
export const SORTABLE = [
  "createdAt",
  "updatedAt",
  "status",
  "toNumber",
  "fromNumber",
  "answeredBy",
  "attemptCount",
  "callCostInUSDCents",
  "provider",
] as const;

/** A sortable column. */
export type Sortable = (typeof SORTABLE)[number];

/** The order in an address, newest first by default: `sort=status` or `sort=-status`. */
export function sortOf(address: URLSearchParams): { column: Sortable; direction: 1 | -1 } {
  const text = address.get("sort") ?? "";
  const column = SORTABLE.find((name) => name === text.replace(/^-/, ""));
  if (column === undefined) return { column: "createdAt", direction: -1 };
  return { column, direction: text.startsWith("-") ? -1 : 1 };
}

/** The order as input of the API; ties are broken by age. */
export function sortInput({ column, direction }: ReturnType<typeof sortOf>): SortInput {
  return column === "createdAt" ? { createdAt: direction } : { [column]: direction, createdAt: -1 };
}
