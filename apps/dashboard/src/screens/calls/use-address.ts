import { useLocation, useSearch } from "wouter";

/** The state of the table, kept in the address so that it can be shared and restored. */
export function useAddress(): [
  address: URLSearchParams,
  set: (changes: Readonly<Record<string, string | undefined>>) => void,
] {
  const address = new URLSearchParams(useSearch());
  const [, go] = useLocation();
  const set = (changes: Readonly<Record<string, string | undefined>>) => {
    const next = new URLSearchParams(address);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === "") next.delete(name);
      else next.set(name, value);
    }
    go(next.size === 0 ? "/" : `/?${next.toString()}`);
  };
  return [address, set];
}
