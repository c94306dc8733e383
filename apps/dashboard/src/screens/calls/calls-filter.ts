import type { QueryInput, SortInput } from "@call-log/model";

import { momentIn, namedRange, zoneOf } from "../../components/time-range/time-range.ts";
import { ZONE } from "../../format/time.ts";
import { type CallFilter, FILTERS } from "./filter-table.ts";

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

/** The filters in an address that are shown: of a named range the name, without its moments. */
export function shownFilters(address: URLSearchParams): ChosenFilter[] {
  const isNamed = namedRange(address.get("range") ?? "") !== undefined;
  return chosenFilters(address).filter(
    ({ filter: { param } }) => !isNamed || (param !== "since" && param !== "until"),
  );
}

/** The query of the filters in an address. */
export function queryOf(address: URLSearchParams): QueryInput {
  const conditions = chosenFilters(address)
    .map(({ filter, value }) => filter.condition(value, address))
    .filter((condition) => Object.keys(condition).length > 0);
  return conditions.length === 0 ? {} : { $and: conditions };
}

/** The time range in an address, if it is valid: first moment, and the first one after the last. */
export function spanOf(address: URLSearchParams): { from?: string; to?: string } {
  const zone = zoneOf(address, ZONE);
  const from = momentIn(address.get("since") ?? "", zone, "start");
  const until = momentIn(address.get("until") ?? "", zone, "end");
  const to = until && new Date(until.getTime() + 1);
  if (from !== undefined && to !== undefined && from >= to) return {};
  return { ...(from && { from: from.toISOString() }), ...(to && { to: to.toISOString() }) };
}

/** An address without filters, and without the zone that their times were read by. */
export const NO_FILTERS: Readonly<Record<string, undefined>> = Object.fromEntries(
  [...FILTERS.map(({ param }) => param), "zone"].map((param) => [param, undefined]),
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
