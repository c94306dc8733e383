import { useEffect } from "react";
import { useLocation, useSearch } from "wouter";

const KEY = "call-log.last-list";

/** Keeps the address of the list of calls, with its filters, for the way back from one call. */
export function useRememberedList(): void {
  const [location] = useLocation();
  const search = useSearch();
  useEffect(() => {
    if (location === "/") sessionStorage.setItem(KEY, search);
  }, [location, search]);
}

/** The list that this tab showed last, as an address. */
export function lastList(): string {
  const search = sessionStorage.getItem(KEY) ?? "";
  return search === "" ? "/" : `/?${search}`;
}
