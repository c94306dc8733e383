import type { Acting, ActName } from "@call-log/model";
import type { Collection } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { GONE, NOT_REMOVED } from "../audit/delete-after-filing.ts";
import type { DoNotCallDocument } from "./tenant-documents.ts";

interface Deps {
  doNotCall: Collection<DoNotCallDocument>;
  auditWriter: AuditWriter;
}

/** Who changes the list of which project. */
interface ListChange {
  projectId: string;
  acting: Acting;
  at: Date;
}

/** Id of a number on a project's list. */
export function blockedId(projectId: string, number: string): string {
  return `${projectId}:${number}`;
}

/** Put numbers on a list, each with the line of it; those that are there stay as they are. */
export async function blockNumbers(
  { doNotCall, auditWriter }: Deps,
  numbers: readonly string[],
  change: ListChange,
): Promise<void> {
  const { projectId, at: createdAt } = change;
  const added = [...new Set(numbers)].map((number) => ({
    _id: blockedId(projectId, number),
    number,
    unfiledActs: [lineOf(auditWriter, "do-not-call.add", { ...change, number })],
  }));
  // One that is removed, but not deleted yet, comes back.
  const revivals = added.map(({ _id, unfiledActs }) => ({
    updateOne: {
      filter: { _id, removedAt: { $exists: true } },
      update: {
        $set: { createdAt },
        $unset: { removedAt: "" as const },
        $push: { unfiledActs: unfiledActs[0]! },
      },
    },
  }));
  const inserts = added.map(({ _id, number, unfiledActs }) => ({
    updateOne: {
      filter: { _id },
      update: { $setOnInsert: { projectId, number, createdAt, unfiledActs } },
      upsert: true,
    },
  }));
  await doNotCall.bulkWrite(revivals, { ordered: false });
  await doNotCall.bulkWrite(inserts, { ordered: false });
  const ids = added.map(({ _id }) => _id);
  await auditWriter.fileOf(doNotCall, ids);
}

/**
 * Take a number off a list: it counts as deleted from now on, and is deleted when the line of it is filed. False when
 * it was not there.
 */
export async function unblockNumber(
  { doNotCall, auditWriter }: Deps,
  number: string,
  change: ListChange,
): Promise<boolean> {
  const _id = blockedId(change.projectId, number);
  const line = lineOf(auditWriter, "do-not-call.remove", { ...change, number });
  const { modifiedCount } = await doNotCall.updateOne(
    { _id, ...NOT_REMOVED },
    { $set: { removedAt: change.at }, $push: { unfiledActs: line } },
  );
  await auditWriter.fileOf(doNotCall, [_id]);
  await doNotCall.deleteOne({ _id, ...GONE });
  return modifiedCount > 0;
}

function lineOf(
  auditWriter: AuditWriter,
  act: ActName,
  { acting, projectId, number }: ListChange & { number: string },
) {
  return auditWriter.line({ act, acting, projectId, target: number });
}
