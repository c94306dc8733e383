import { useEffect } from "react";
import { useLocation, useSearch } from "wouter";

const KEY = "call-log.last-list";

/** Stores the address of the list of calls with its filters, for the link back from a call. */
export function useRememberedList(): void {
  const [location] = useLocation();
  const search = useSearch();
  useEffect(() => {
    if (location === "/") sessionStorage.setItem(KEY, search);
  }, [location, search]);
}

/** Address of the list that this tab showed last. */
export function lastList(): string {
  const search = sessionStorage.getItem(KEY) ?? "";
  return search === "" ? "/" : `/?${search}`;
}
