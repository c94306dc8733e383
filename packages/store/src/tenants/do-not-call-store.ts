import { type Acting, SYSTEM_ACTING } from "@call-log/model";
import type { Collection } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { NOT_REMOVED } from "../audit/delete-after-filing.ts";
import { shortCache } from "../batching/short-cache.ts";
import { blockNumbers, blockedId, unblockNumber } from "./do-not-call-acts.ts";
import type { DoNotCallDocument } from "./tenant-documents.ts";

/** How long it is cached whether a project has a list, in milliseconds. */
const RECENT_MS = 1000;
/** One look-up serves all projects. */
const ALL_PROJECTS = "all";

/** Numbers that a project must not call. All numbers are E.164. Without `acting`, the actor is call-log itself. */
export interface DoNotCallStore {
  /** Put numbers on a project's list; those that are there stay. */
  add(projectId: string, numbers: readonly string[], acting?: Acting): Promise<void>;
  /** Take a number off; false when it was not there. */
  remove(projectId: string, number: string, acting?: Acting): Promise<boolean>;
  /** A project's list in order of the numbers. */
  list(projectId: string): Promise<string[]>;
  /** Whether a project has a list; at most a second old. */
  hasList(projectId: string): Promise<boolean>;
  /** Which of these numbers are on the list; a first entry of a project counts within a second. */
  among(projectId: string, numbers: readonly string[]): Promise<ReadonlySet<string>>;
}

/** The lists in a MongoDB collection. */
export function createDoNotCallStore(deps: {
  doNotCall: Collection<DoNotCallDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
  elapsedMs: () => number;
}): DoNotCallStore {
  const { doNotCall, auditWriter, now, elapsedMs } = deps;
  // Most projects have no list; then a call costs no look-up.
  const cache = shortCache<ReadonlySet<string>>({
    validMs: RECENT_MS,
    maxEntries: 1,
    elapsedMs,
  });

  async function hasList(projectId: string): Promise<boolean> {
    const read = async () => new Set(await doNotCall.distinct("projectId", NOT_REMOVED));
    return (await cache.get(ALL_PROJECTS, read))?.has(projectId) ?? false;
  }

  return {
    async add(projectId, numbers, acting = SYSTEM_ACTING) {
      if (numbers.length > 0)
        await blockNumbers({ doNotCall, auditWriter }, numbers, { projectId, acting, at: now() });
      cache.clear();
    },

    async remove(projectId, number, acting = SYSTEM_ACTING) {
      const change = { projectId, acting, at: now() };
      const isRemoved = await unblockNumber({ doNotCall, auditWriter }, number, change);
      cache.clear();
      return isRemoved;
    },

    async list(projectId) {
      const found = await doNotCall
        .find({ projectId, ...NOT_REMOVED })
        .sort({ number: 1 })
        .toArray();
      return found.map(({ number }) => number);
    },

    hasList,

    async among(projectId, numbers) {
      if (numbers.length === 0 || !(await hasList(projectId))) return new Set();
      const ids = [...new Set(numbers)].map((number) => blockedId(projectId, number));
      const found = await doNotCall.find({ _id: { $in: ids }, ...NOT_REMOVED }).toArray();
      return new Set(found.map(({ number }) => number));
    },
  };
}
