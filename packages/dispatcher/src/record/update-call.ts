import type { CallRecord } from "@call-log/model";

import type { CallChange, CallUpdate, WriteResult } from "../context/call-update-queue.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { withWait } from "../rules/deferral.ts";
import { withWakeTime } from "../rules/wake-time.ts";
import { announceCosts } from "./announce-costs.ts";
import { enqueueAttempts } from "./enqueue-attempt.ts";
import { measureChange } from "./measure-change.ts";
import { releasePurposeLock } from "./purpose-lock.ts";
import { withOutbox } from "./with-outbox.ts";

/** What it takes to change a call: the record, its lock, its budget, and the job of its next attempt. */
export type Recording = Pick<
  DispatchContext,
  | "calls"
  | "outbox"
  | "updateQueue"
  | "writtenCalls"
  | "purposeLocks"
  | "projects"
  | "budgets"
  | "jobQueue"
  | "backlog"
  | "limiter"
  | "settings"
  | "now"
  | "log"
  | "metrics"
  | "tracing"
>;

/** More than the concurrent writers of one call: in each round one of them succeeds. */
const MAX_TRIES = 30;

/**
 * Apply a change to a call and write it if nobody else wrote meanwhile; otherwise read and decide again. Adds the job of a newly planned attempt.
 * Returns the call as it is then, undefined when it does not exist. Rejects with what `change` throws, and after 30 lost races.
 */
export function updateCall(
  context: Recording,
  callLogId: string,
  change: CallChange,
): Promise<CallRecord | undefined> {
  return addUpdate(context, callLogId, { change });
}

/** The same for a call that the caller has just written: it is read only if somebody wrote since. */
export function updateKnownCall(
  context: Recording,
  known: CallRecord,
  change: CallChange,
): Promise<CallRecord | undefined> {
  return addUpdate(context, known._id, { change, known });
}

async function addUpdate(
  context: Recording,
  callLogId: string,
  update: CallUpdate,
): Promise<CallRecord | undefined> {
  const { record, errors } = await context.updateQueue.add(callLogId, update, (updates, latest) =>
    writeUpdates(context, { callLogId, updates, latest }),
  );
  if (errors.has(update)) throw errors.get(update);
  return record;
}

interface Batch {
  callLogId: string;
  updates: readonly CallUpdate[];
  /** The record that the batch before left, if there was one. */
  latest: CallRecord | undefined;
}

async function writeUpdates(
  context: Recording,
  { callLogId, updates, latest }: Batch,
): Promise<WriteResult> {
  const errors = new Map<CallUpdate, unknown>();
  let open = updates;
  const recalled = context.writtenCalls.recall(callLogId);
  let known = newest([recalled, latest, ...updates.map((update) => update.known)]);
  try {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const before = known ?? (await context.calls.find(callLogId));
      if (before === undefined) return { record: undefined, errors };
      const now = context.now();
      const applied = await applyUpdates(context, { updates: open, before, now });
      const isUnchanged = applied.changes.length === 0;
      // A known record may be outdated: no change, or an error, is final only on one that was just read.
      const isFinal = known === undefined || (!isUnchanged && applied.errors.size === 0);
      known = undefined;
      if (!isFinal) continue;
      for (const [update, error] of applied.errors) errors.set(update, error);
      open = open.filter((update) => !errors.has(update));
      if (isUnchanged) return { record: before, errors };
      const written = await writeChanges(context, applied.changes, now);
      if (written !== undefined) return { record: written, errors };
      if (before === recalled) context.writtenCalls.noteOutdated(callLogId);
    }
    throw new Error(`call ${callLogId} was changed by others ${MAX_TRIES} times in a row`);
  } catch (error) {
    for (const update of open) errors.set(update, error);
    return { record: undefined, errors };
  }
}

function newest(records: readonly (CallRecord | undefined)[]): CallRecord | undefined {
  const known = records.filter((record) => record !== undefined);
  return known.toSorted((a, b) => a.revision - b.revision).at(-1);
}

/** What one update did to a call. */
interface Change {
  before: CallRecord;
  after: CallRecord;
}

/** Applies updates one after another, each as if it were written alone, with its own events; one that throws changes nothing. */
async function applyUpdates(
  context: Recording,
  { updates, before, now }: { updates: readonly CallUpdate[]; before: CallRecord; now: Date },
): Promise<{ changes: Change[]; errors: Map<CallUpdate, unknown> }> {
  const errors = new Map<CallUpdate, unknown>();
  const changes: Change[] = [];
  let record = before;
  for (const update of updates) {
    try {
      const changed = await update.change(record, now);
      if (changed === undefined || changed === record) continue;
      const after = withWait(await withOutbox(context, { before: record, after: changed }, now));
      changes.push({ before: record, after });
      record = after;
    } catch (error) {
      errors.set(update, error);
    }
  }
  return { changes, errors };
}

/** Writes the record that the last change left, and what follows from all of them; undefined when somebody else wrote first. */
async function writeChanges(
  context: Recording,
  changes: readonly Change[],
  now: Date,
): Promise<CallRecord | undefined> {
  const { settings, metrics } = context;
  const [{ before }, { after }] = [changes[0]!, changes.at(-1)!];
  const written = await context.calls.replace(withWakeTime(after, { now, settings }));
  if (written === undefined) return undefined;
  context.writtenCalls.keep(written);
  context.outbox.move([written]);
  for (const change of changes) measureChange(metrics, change.before, change.after);
  await releasePurposeLock(context, written);
  await announceCosts(context, before, written);
  if (written.attempts.length > before.attempts.length) await enqueueAttempts(context, [written]);
  return written;
}
