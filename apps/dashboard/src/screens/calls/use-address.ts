import { useMemo } from "react";
import { useLocation, useSearch } from "wouter";

import { useSignedIn } from "../../session/session-context.ts";
import { changedAddress, readAddress } from "./calls-address.ts";

/** The address, which holds the state of the table, and a function to change it. */
export interface AddressProps {
  /** The address, with the moments of its named range. */
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/** The state of the table, kept in the address so that it can be shared and restored. */
export function useAddress(): [address: AddressProps["address"], set: AddressProps["set"]] {
  const search = useSearch();
  const [, go] = useLocation();
  const seesAll = useSignedIn().may.includes("see-numbers");
  // A named range such as the last hour is that of the moment at which the address is opened, so that rows stay in place.
  const address = useMemo(
    () => readAddress(search, { now: new Date(), seesAll }),
    [search, seesAll],
  );
  const set: AddressProps["set"] = (changes) => {
    const next = changedAddress(search, changes);
    go(next.size === 0 ? "/" : `/?${next.toString()}`);
  };
  return [address, set];
}
