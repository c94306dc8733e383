import type { Collection } from "mongodb";

import type { CallerIdStore } from "./caller-id-store.ts";
import type { ProjectDocument } from "./tenant-documents.ts";

/**
 * Write a project whose numbers it has to own: they are claimed before, so that what is in its settings is its own from the first moment, and
 * those that are not in them after it are free. Rejects with the CONFLICT of a claim, or as the write does.
 */
export async function withNumbers<T>(
  deps: {
    projects: Collection<ProjectDocument>;
    callerIds: Pick<CallerIdStore, "claim" | "release" | "reclaim">;
  },
  { _id, fromNumbers }: { _id: string; fromNumbers: readonly string[] | undefined },
  write: () => Promise<T>,
): Promise<T> {
  if (fromNumbers === undefined) return write();
  const { projects, callerIds } = deps;
  const numbersOf = async () => (await projects.findOne({ _id }))?.fromNumbers ?? [];
  const before = await numbersOf();
  try {
    await callerIds.claim(_id, fromNumbers);
    return await write();
  } finally {
    const kept = await numbersOf();
    const gone = [...before, ...fromNumbers].filter((number) => !kept.includes(number));
    if (gone.length > 0) await callerIds.release(_id, gone);
    // Another change of this project at the same moment may have let go what this one kept, or the other way round.
    await callerIds.reclaim(_id, await numbersOf());
  }
}
