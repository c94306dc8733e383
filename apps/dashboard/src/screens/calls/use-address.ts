import { useLocation, useSearch } from "wouter";

/** The address, which holds the state of the table, and a function to change it. */
export interface AddressProps {
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/** The state of the table, kept in the address so that it can be shared and restored. */
export function useAddress(): [address: AddressProps["address"], set: AddressProps["set"]] {
  const address = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const set: AddressProps["set"] = (changes) => {
    const next = new URLSearchParams(address);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    }
    go(next.size === 0 ? "/" : `/?${next.toString()}`);
  };
  return [address, set];
}
