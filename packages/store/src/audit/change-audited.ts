import type { ActReport } from "@call-log/model";
import type { Collection, Document, Filter, UpdateFilter } from "mongodb";

import type { CountedDocument } from "./audit-document.ts";
import type { AuditWriter } from "./audit-trail.ts";

/** More than the writers that meet on one document at a time. */
const MAX_TRIES = 30;
/** Most lines that a document carries; a writer that finds it full files them first. */
export const MAX_UNFILED = 50;

/** The changed document and its audit line. */
export interface AuditedChange<D> {
  update: UpdateFilter<D>;
  report: ActReport;
}

/** A document before and after an act. */
export interface Changed<D> {
  before: D;
  after: D;
}

/**
 * Change one document and give it the line of the act in the same write, on the condition that nobody changed it since it was read, so
 * that the old values in the line are right. `decide` may be asked more than once; undefined changes nothing. Undefined when there is
 * no such document.
 */
export async function changeAudited<D extends CountedDocument & { _id: string }>(
  { collection, auditWriter }: { collection: Collection<D>; auditWriter: AuditWriter },
  filter: Filter<D>,
  decide: (document: D) => AuditedChange<D> | undefined,
): Promise<Changed<D> | undefined> {
  const documents = collection as unknown as Collection<Document & { _id: string }>;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const before = (await documents.findOne(filter as Document)) as D | null;
    if (before === null) return undefined;
    const decided = decide(before);
    if (decided === undefined) return { before, after: before };
    if ((before.unfiledActs?.length ?? 0) >= MAX_UNFILED)
      await auditWriter.file(collection, [before]);
    const { update, report } = decided;
    const after = (await documents.findOneAndUpdate(
      {
        _id: before._id,
        actCount: before.actCount ?? { $exists: false },
        [`unfiledActs.${MAX_UNFILED - 1}`]: { $exists: false },
      },
      {
        ...(update as Document),
        $inc: { ...(update.$inc as Document | undefined), actCount: 1 },
        $push: { unfiledActs: auditWriter.line(report) },
      } as never,
      { returnDocument: "after" },
    )) as D | null;
    if (after === null) continue;
    await auditWriter.file(collection, [after]);
    return { before, after };
  }
  throw new Error(`a document was changed by others ${MAX_TRIES} times in a row`);
}
