import { queryInput } from "@call-log/model";

import type { CallFilter } from "./filter-table.ts";

/** The error in a filter's value, with the server's text; undefined if it is valid. */
export function problemWith({ condition }: CallFilter, value: string): string | undefined {
  if (value.trim() === "") return undefined;
  const { error } = queryInput.safeParse(condition(value.trim(), new URLSearchParams()));
  return error?.issues[0]?.message;
}
