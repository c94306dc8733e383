import type { TimeRange } from "./period.ts";

/** The condition that calls of a range of times meet; empty when it has no limits. */
export function createdIn({ from, to }: TimeRange): { createdAt?: { $gt?: Date; $lt?: Date } } {
  const createdAt = {
    // Not `$gte`: SecantusDB leaves the limit itself out when a descending index answers. Times are whole milliseconds.
    ...(Number.isFinite(from) && { $gt: new Date(from - 1) }),
    ...(Number.isFinite(to) && { $lt: new Date(to) }),
  };
  return Object.keys(createdAt).length === 0 ? {} : { createdAt };
}
