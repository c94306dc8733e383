import { type CallRecord, isKeyedCallLogId } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/** Result of an insert: written now, or the record that has this id already; an Error when it was not written. */
type InsertFate = { inserted: boolean; record: CallRecord } | Error;

type InsertContext = Pick<DispatchContext, "calls" | "log" | "settings">;

/** Milliseconds between two tries to withdraw what was refused. */
const WITHDRAW_EVERY_MS = 1000;

/**
 * Insert records, each with its own result, also when the database fails half-way. A record whose insert failed is read back, since
 * perhaps only the answer was lost. One that can't be found is refused, and withdrawn in case it is written later.
 */
export async function insertRecords(
  context: InsertContext,
  records: CallRecord[],
): Promise<InsertFate[]> {
  if (records.length === 0) return [];
  const inserts = await context.calls.insertMany(records);
  const fates = await Promise.all(
    records.map((record, index) => readBack(context, record, inserts[index] as InsertFate)),
  );
  // A request with a key is sent again under the same id, and must find what was written.
  const refused = records.filter(
    ({ _id }, index) => fates[index] instanceof Error && !isKeyedCallLogId(_id),
  );
  if (refused.length > 0) void withdraw(context, refused);
  return fates;
}

async function readBack(
  { calls }: InsertContext,
  record: CallRecord,
  fate: InsertFate,
): Promise<InsertFate> {
  if (!(fate instanceof Error)) return fate;
  try {
    const found = await calls.find(record._id);
    if (found === undefined) return fate;
    return { inserted: found.createdAt.getTime() === record.createdAt.getTime(), record: found };
  } catch {
    // The database still fails: the first error says why.
    return fate;
  }
}

// The sweeper dials nothing that is younger than `requeueAfterSeconds`, so what was refused has to go within that time.
async function withdraw(context: InsertContext, refused: readonly CallRecord[]): Promise<void> {
  const ids = refused.map(({ _id }) => _id);
  const tries = Math.ceil((context.settings.requeueAfterSeconds * 1000) / WITHDRAW_EVERY_MS);
  let failure: unknown;
  for (let one = 0; one < tries; one += 1) {
    try {
      return await context.calls.withdraw(ids);
    } catch (error) {
      failure = error;
      await new Promise((resolve) => setTimeout(resolve, WITHDRAW_EVERY_MS).unref());
    }
  }
  const fields = { calls: ids.length, callLogId: ids[0], ...errorFields(failure) };
  context.log.error(
    fields,
    "calls of refused requests could not be withdrawn; they may be dialled",
  );
}
