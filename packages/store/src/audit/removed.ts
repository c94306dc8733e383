import type { Collection } from "mongodb";

import type { Carrier } from "./audit-document.ts";

/** A document that is deleted as soon as the line of its removal is filed; until then it counts as deleted. */
export interface Removable extends Carrier {
  removedAt?: Date;
}

/** Delete what was removed and carries no line any more. */
export async function deleteRemoved<D extends Removable & { _id: string }>(
  collection: Collection<D>,
  before: Date,
): Promise<void> {
  const removed = { removedAt: { $lte: before }, unfiledActs: { $exists: false } };
  await (collection as unknown as Collection<Removable>).deleteMany(removed);
}
