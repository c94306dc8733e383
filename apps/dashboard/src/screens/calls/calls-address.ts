import { type AddressChanges, namedRange, zoneOf } from "../../components/time-range/time-range.ts";
import { ZONE } from "../../format/time.ts";

interface ReadOptions {
  now: Date;
  /** Whether the key sees numbers, names and texts. */
  seesAll: boolean;
}

/** The address of the list with what its filters need: the moments of a named range, and whether the key reads masked. */
export function readAddress(search: string, { now, seesAll }: ReadOptions): URLSearchParams {
  const address = new URLSearchParams(search);
  address.delete("masked");
  if (!seesAll) address.set("masked", "yes");
  const named = namedRange(address.get("range") ?? "");
  if (named === undefined) return address;
  address.delete("since");
  address.delete("until");
  const { from, to } = named.bounds({ now, zone: zoneOf(address, ZONE) });
  if (from !== undefined) address.set("since", from.toISOString());
  // The filter Until includes its moment.
  if (to !== undefined) address.set("until", new Date(to.getTime() - 1).toISOString());
  return address;
}

/** The address after changes; undefined and empty values remove a parameter. A free range takes the place of a named one. */
export function changedAddress(search: string, changes: AddressChanges): URLSearchParams {
  const next = new URLSearchParams(search);
  if ((changes["since"] ?? changes["until"]) !== undefined) next.delete("range");
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  return next;
}

/** What is kept of an address that was read: without what it only knows at this moment, such as the start of the last hour. */
export function storedAddress(address: URLSearchParams): string {
  const kept = new URLSearchParams(address);
  kept.delete("masked");
  if (namedRange(kept.get("range") ?? "") !== undefined)
    for (const moment of ["since", "until"]) kept.delete(moment);
  return kept.toString();
}
