import { queryInput } from "@call-log/model";

import type { CallFilter } from "./calls-filter.ts";

/** What is wrong with a filter's value, in the server's words; undefined when nothing is. */
export function problemWith({ condition }: CallFilter, value: string): string | undefined {
  if (value.trim() === "") return undefined;
  const { error } = queryInput.safeParse(condition(value.trim()));
  return error?.issues[0]?.message;
}
