import type { AnyBulkWriteOperation } from "mongodb";

import type { Collections } from "../../collections.ts";
import { isDuplicateKey } from "../../database-error.ts";
import type { BudgetDocument, ReservationDocument } from "./budget-documents.ts";

/**
 * Note the recent postings of a budget in their reservations, then remove them from the budget. Concurrent calls are
 * safe.
 */
export async function noteRecentPostings(
  { budgets, reservations }: Pick<Collections, "budgets" | "reservations">,
  { _id: projectId, epoch, recent }: BudgetDocument,
): Promise<void> {
  const postings = Object.entries(recent);
  if (postings.length === 0) return;
  const made = postings.flatMap(([_id, { old, ...posting }]) => {
    if (old === undefined) return [];
    return [insertIfMissing({ _id, projectId, ...old, posting })];
  });
  if (made.length > 0)
    await reservations.bulkWrite(made, { ordered: false }).catch((error: unknown) => {
      // Another process has made them.
      if (!isDuplicateKey(error)) throw error;
    });
  await reservations.bulkWrite(
    postings.map(([_id, { revision, micro, held }]) => ({
      updateOne: {
        filter: { _id, "posted.revision": { $lt: revision } },
        update: { $set: { posted: { revision, micro, held } } },
      },
    })),
    { ordered: false },
  );
  const asNoted = postings.map(([id, { revision }]) => [`recent.${id}.revision`, revision]);
  await budgets.updateOne(
    { _id: projectId, epoch, ...Object.fromEntries(asNoted) },
    {
      $unset: Object.fromEntries(postings.map(([id]) => [`recent.${id}`, ""])),
      $inc: { epoch: 1 },
    },
  );
}

interface OldReservation {
  _id: string;
  projectId: string;
  at: Date;
  day: string;
  posting: ReservationDocument["target"];
}

function insertIfMissing({
  _id,
  projectId,
  at,
  day,
  posting,
}: OldReservation): AnyBulkWriteOperation<ReservationDocument> {
  const made = {
    projectId,
    reserved: posting.micro,
    at,
    day,
    target: posting,
    posted: { revision: 0, micro: 0, held: false },
    version: posting.revision,
    checkAt: at,
  };
  return { updateOne: { filter: { _id }, update: { $setOnInsert: made }, upsert: true } };
}
