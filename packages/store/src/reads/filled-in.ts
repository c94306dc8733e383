import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { LOOKUP_PATHS } from "../calls/call-lookup.ts";

/** How long an answer counts, in milliseconds: a process of an older release may still write calls without a lookup. */
const VALID_MS = { true: 60_000, false: 2000 } as const;
const MOST_PROJECTS = 10_000;

/** Calls of a project that lack what they are found by; the index alone answers this. */
export function notFilledIn(projectId: string) {
  return { projectId, [LOOKUP_PATHS.toReversed]: null };
}

/** Whether every call of a project has what calls are found by, as of a short while ago. */
export function createFilledIn(
  calls: Pick<Collection<CallDocument>, "find">,
  { maxTimeMS, elapsedMs }: { maxTimeMS: number; elapsedMs: () => number },
): (projectId: string) => Promise<boolean> {
  const known = new Map<string, { isFilledIn: boolean; until: number }>();
  return async (projectId) => {
    const present = known.get(projectId);
    if (present !== undefined && present.until > elapsedMs()) return present.isFilledIn;
    const options = { projection: { _id: 1 }, limit: 1, maxTimeMS };
    const missing = await calls.find(notFilledIn(projectId), options).toArray();
    const isFilledIn = missing.length === 0;
    if (known.size >= MOST_PROJECTS) known.clear();
    known.set(projectId, { isFilledIn, until: elapsedMs() + VALID_MS[`${isFilledIn}`] });
    return isFilledIn;
  };
}
