import type { QueryInput, SortInput } from "@call-log/model";

/** One filter of the table: a parameter of the address, and the condition that its value stands for. */
export interface CallFilter {
  param: string;
  label: string;
  /** What to write into it. */
  placeholder: string;
  condition: (value: string) => QueryInput;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

// A day alone is the whole day in the browser's zone.
function moment(value: string, clock: string): string {
  const date = new Date(day.test(value) ? `${value}T${clock}` : value);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

function oneOf(value: string): readonly string[] {
  return value.split(",").filter((part) => part !== "");
}

/** Every filter of the table, in the order in which they are offered. */
export const FILTERS: readonly CallFilter[] = [
  {
    param: "status",
    label: "Status",
    placeholder: "Busy,No Answer",
    condition: (value) => ({ status: { _type: "Includes", value: oneOf(value) } }),
  },
  {
    param: "outcome",
    label: "Outcome",
    placeholder: "voicemail",
    condition: (value) => ({ "attempts.outcome": value }),
  },
  {
    param: "to",
    label: "Called number",
    placeholder: "+15550100100, or how it begins",
    condition: (value) => ({ toNumber: { _type: "StartsWith", value } }),
  },
  {
    param: "number-from",
    label: "From number",
    placeholder: "+15551112222",
    condition: (value) => ({ fromNumber: { _type: "StartsWith", value } }),
  },
  {
    param: "since",
    label: "Since",
    placeholder: "2026-11-24, or with a time",
    condition: (value) => ({
      createdAt: { _type: "GreaterThanOrEqual", value: moment(value, "00:00:00") },
    }),
  },
  {
    param: "until",
    label: "Until",
    placeholder: "2026-11-24, or with a time",
    condition: (value) => ({
      createdAt: { _type: "LessThanOrEqual", value: moment(value, "23:59:59.999") },
    }),
  },
  {
    param: "incident",
    label: "Incident id",
    placeholder: "an incident's id",
    condition: (value) => ({ incidentId: value }),
  },
  {
    param: "user",
    label: "User id",
    placeholder: "a user's id",
    condition: (value) => ({ userId: value }),
  },
  {
    param: "tag",
    label: "Tag",
    placeholder: "night",
    condition: (value) => ({ tags: { _type: "IncludesAll", value: oneOf(value) } }),
  },
  {
    param: "provider",
    label: "Provider",
    placeholder: "twilio",
    condition: (value) => ({ provider: value }),
  },
  {
    param: "error-class",
    label: "Error class",
    placeholder: "configuration",
    condition: (value) => ({ "attempts.errorClass": value }),
  },
  {
    param: "cost-from",
    label: "Cost from (US cents)",
    placeholder: "1.5",
    condition: (value) => ({
      callCostInUSDCents: { _type: "GreaterThanOrEqual", value: Number(value) },
    }),
  },
  {
    param: "cost-to",
    label: "Cost to (US cents)",
    placeholder: "100",
    condition: (value) => ({
      callCostInUSDCents: { _type: "LessThanOrEqual", value: Number(value) },
    }),
  },
  {
    param: "text",
    label: "Text",
    placeholder: "in message, number, tags",
    condition: (value) => ({
      search: { _type: "MultiSearch", value, fields: ["statusMessage", "toNumber", "fromNumber"] },
    }),
  },
];

/** A filter with the value that the address gives it. */
export interface ChosenFilter {
  filter: CallFilter;
  value: string;
}

/** The filters that an address has set. */
export function chosenFilters(address: URLSearchParams): ChosenFilter[] {
  return FILTERS.flatMap((filter) => {
    const value = address.get(filter.param)?.trim() ?? "";
    return value === "" ? [] : [{ filter, value }];
  });
}

/** The query that the filters of an address make. */
export function queryOf(address: URLSearchParams): QueryInput {
  const conditions = chosenFilters(address).map(({ filter, value }) => filter.condition(value));
  return conditions.length === 0 ? {} : { $and: conditions };
}

/** Columns that the table can be sorted by. */
export const SORTABLE = ["createdAt", "status", "attemptCount", "callCostInUSDCents"] as const;

/** A column that the table can be sorted by. */
export type Sortable = (typeof SORTABLE)[number];

/** The order that an address asks for, newest first by default: `sort=status` or `sort=-status`. */
export function sortOf(address: URLSearchParams): { column: Sortable; direction: 1 | -1 } {
  const text = address.get("sort") ?? "";
  const column = SORTABLE.find((name) => name === text.replace(/^-/, ""));
  if (column === undefined) return { column: "createdAt", direction: -1 };
  return { column, direction: text.startsWith("-") ? -1 : 1 };
}

/** The order as the server takes it; ties are broken by age. */
export function sortInput({ column, direction }: ReturnType<typeof sortOf>): SortInput {
  return column === "createdAt" ? { createdAt: direction } : { [column]: direction, createdAt: -1 };
}
