import type { Collection } from "mongodb";

import type { AuditedDocument } from "./audit-document.ts";

/** A document that is deleted once the line of its removal is filed; until then it counts as deleted. */
export interface Removable extends AuditedDocument {
  removedAt?: Date;
}

/** Filter of documents that are not removed. */
export const NOT_REMOVED = { removedAt: { $exists: false } } as const;

/** Filter of removed documents whose lines are filed. */
export const GONE = { removedAt: { $exists: true }, unfiledActs: { $exists: false } } as const;

/** Delete removed documents whose lines are filed. */
export async function deleteRemoved<D extends Removable & { _id: string }>(
  collection: Collection<D>,
  before: Date,
): Promise<void> {
  const removed = { ...GONE, removedAt: { $lte: before } };
  await (collection as unknown as Collection<Removable>).deleteMany(removed);
}
