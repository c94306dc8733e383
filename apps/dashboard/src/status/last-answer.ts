import type { QueryClient } from "@tanstack/react-query";

import { STATUS } from "./status.ts";

/** Time of the server's last answer, in milliseconds since 1970. */
export function lastAnswerAt(queries: QueryClient): number {
  const answered = queries.getQueryCache().findAll({ queryKey: STATUS });
  const times = answered.map(({ state }) => state.dataUpdatedAt).filter((at) => at > 0);
  return Math.min(Date.now(), ...(times.length > 0 ? [Math.max(...times)] : []));
}
