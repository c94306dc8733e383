import type { QueryInput } from "@call-log/model";
import { useEffect, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

import {
  type AddressChanges,
  type QuickRangeName,
  rangeOf,
  type ShownRange,
  type TimeRange,
} from "../components/time-range/time-range.ts";
import { ZONE } from "../format/time.ts";
import { chosenFilters, type ChosenFilter, queryOf } from "../screens/calls/calls-filter.ts";
import { comparedRange } from "./compared-range.ts";

/** Parameters that are a range, and no filter. */
const OF_RANGE = ["range", "since", "until"];

/** What an address without a range, or without a zone, means. */
export interface UsualRange {
  usual: QuickRangeName;
  /** IANA name. @defaultValue the browser's zone */
  zone?: string;
}

/** What an address of figures asks for. */
export interface FiguresAddress {
  address: URLSearchParams;
  set: (changes: AddressChanges) => void;
  range: ShownRange;
  /** Range to compare with, if there is one. */
  compared: TimeRange | undefined;
  /** Conditions of the list's filters in the address. */
  query: QueryInput;
  chosen: readonly ChosenFilter[];
  /** The filters by their parameter. */
  filters: Readonly<Record<string, string>>;
}

/**
 * The range, the zone, the comparison and the filters in an address. An address without a zone gets the usual one, so
 * that it shows the same to everyone it is sent to.
 */
export function useFiguresAddress(
  path: string,
  { usual, zone = ZONE }: UsualRange,
): FiguresAddress {
  const search = useSearch();
  const [, go] = useLocation();
  const set = (changes: AddressChanges, options?: { replace: boolean }) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    }
    go(`${path}?${next.toString()}`, options);
  };
  const hasZone = new URLSearchParams(search).has("zone");
  useEffect(() => {
    if (!hasZone) set({ zone }, { replace: true });
  });
  return { set, ...useMemo(() => readAddress(search, { usual, zone }), [search, usual, zone]) };
}

// A range such as the last hour is that of the moment at which the address is opened.
function readAddress(search: string, usual: Required<UsualRange>): Omit<FiguresAddress, "set"> {
  const address = new URLSearchParams(search);
  const now = new Date();
  const range = rangeOf(address, { now, ...usual });
  const beside = new URLSearchParams(search);
  for (const name of OF_RANGE) beside.delete(name);
  const chosen = chosenFilters(beside);
  return {
    address,
    range,
    compared: comparedRange(address, range, now),
    query: queryOf(beside),
    chosen,
    filters: Object.fromEntries(chosen.map(({ filter: { param }, value }) => [param, value])),
  };
}
