import type { TimeRange } from "./period.ts";

/** The condition that calls of a range of times meet; empty when it has no limits. */
export function createdIn({ from, to }: TimeRange): { createdAt?: { $gte?: Date; $lt?: Date } } {
  const createdAt = {
    ...(Number.isFinite(from) && { $gte: new Date(from) }),
    ...(Number.isFinite(to) && { $lt: new Date(to) }),
  };
  return Object.keys(createdAt).length === 0 ? {} : { createdAt };
}
