import type { Collection, Document } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { AuditDocument, AuditedDocument } from "./audit-document.ts";

/** Put lines into the trail; lines that exist stay unchanged. */
export async function fileLines(
  auditLog: Collection<AuditDocument>,
  lines: readonly AuditDocument[],
): Promise<void> {
  if (lines.length === 0) return;
  try {
    await auditLog.insertMany([...lines], { ordered: false });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** A document and the lines it carried when it was read. */
export interface Unfiled {
  _id: string;
  unfiledActs: readonly AuditDocument[];
}

/**
 * File the lines of documents, then remove them from the documents unless new ones were added; repeating it is
 * harmless.
 */
export async function fileUnfiled<D extends AuditedDocument & { _id: string }>(
  auditLog: Collection<AuditDocument>,
  audited: Collection<D>,
  carried: readonly Unfiled[],
): Promise<void> {
  const loaded = carried.filter(({ unfiledActs }) => unfiledActs.length > 0);
  if (loaded.length === 0) return;
  await fileLines(
    auditLog,
    loaded.flatMap(({ unfiledActs }) => unfiledActs),
  );
  // Lines are only appended, so the same length and the same last line mean the same list.
  const operations = loaded.map(({ _id, unfiledActs }) => ({
    updateOne: {
      filter: {
        _id,
        unfiledActs: { $size: unfiledActs.length },
        [`unfiledActs.${unfiledActs.length - 1}._id`]: unfiledActs.at(-1)!._id,
      },
      update: { $unset: { unfiledActs: "" } },
    },
  }));
  await (audited as unknown as Collection<Document>).bulkWrite(operations as never, {
    ordered: false,
  });
}
