import type { Collection } from "mongodb";

import type { DoNotCallDocument } from "./collections.ts";
import { recentReads } from "./recent-reads.ts";

/** How old what a process knows of "this project has a list" may be, in milliseconds. */
const RECENT_MS = 1000;
/** One look-up is for all projects. */
const ALL_PROJECTS = "all";

/** Numbers that a project must not call. All numbers are E.164. */
export interface DoNotCallStore {
  /** Put numbers on a project's list; those that are there stay. */
  add(projectId: string, numbers: readonly string[]): Promise<void>;
  /** Take a number off; false when it was not there. */
  remove(projectId: string, number: string): Promise<boolean>;
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
  now: () => Date;
  elapsedMs: () => number;
}): DoNotCallStore {
  const { doNotCall, now, elapsedMs } = deps;
  // Most projects have no list; then a call costs no look-up.
  const lookUps = recentReads<ReadonlySet<string>>({
    validMs: RECENT_MS,
    maxEntries: 1,
    elapsedMs,
  });

  async function hasList(projectId: string): Promise<boolean> {
    const read = async () => new Set(await doNotCall.distinct("projectId"));
    return (await lookUps.get(ALL_PROJECTS, read))?.has(projectId) ?? false;
  }

  return {
    async add(projectId, numbers) {
      const createdAt = now();
      const writes = numbers.map((number) => ({
        updateOne: {
          filter: { _id: idOf(projectId, number) },
          update: { $setOnInsert: { projectId, number, createdAt } },
          upsert: true,
        },
      }));
      if (writes.length > 0) await doNotCall.bulkWrite(writes, { ordered: false });
      lookUps.forget();
    },

    async remove(projectId, number) {
      const { deletedCount } = await doNotCall.deleteOne({ _id: idOf(projectId, number) });
      return deletedCount > 0;
    },

    async list(projectId) {
      const found = await doNotCall.find({ projectId }).sort({ number: 1 }).toArray();
      return found.map(({ number }) => number);
    },

    hasList,

    async among(projectId, numbers) {
      if (numbers.length === 0 || !(await hasList(projectId))) return new Set();
      const ids = [...new Set(numbers)].map((number) => idOf(projectId, number));
      const found = await doNotCall.find({ _id: { $in: ids } }).toArray();
      return new Set(found.map(({ number }) => number));
    },
  };
}

function idOf(projectId: string, number: string): string {
  return `${projectId}:${number}`;
}
