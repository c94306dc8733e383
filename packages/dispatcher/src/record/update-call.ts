import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { withWait } from "../rules/deferral.ts";
import { withWakeTime } from "../rules/wake-time.ts";
import { announceCosts } from "./announce-costs.ts";
import type { PendingChange } from "../context/call-update-queue.ts";
import { enqueueCalls } from "./enqueue-attempt.ts";
import { releaseFence } from "./purpose-lock.ts";

/** More than the writers that meet on one call at a time: each round one of them gets through. */
const MAX_TRIES = 30;

/** A rule: the record as it has to be now, or undefined (or the same record) when nothing changes. May be asked more than once. */
export type CallChange = (
  record: CallRecord,
  now: Date,
) => CallRecord | undefined | Promise<CallRecord | undefined>;

/**
 * Apply a rule to a call and write it if nobody else wrote meanwhile; else read and decide again. A newly planned attempt gets
 * its job. The record as it stands then, or undefined when there is none; rejects after 30 lost races. Rules for one call that meet in
 * this process share a write.
 */
export function changeCall(
  context: DispatchContext,
  callLogId: string,
  change: CallChange,
): Promise<CallRecord | undefined> {
  return enterLane(context, callLogId, { change });
}

/** The same for a call as it was just written: where nobody wrote since, it need not be read. */
export function changeKnownCall(
  context: DispatchContext,
  known: CallRecord,
  change: CallChange,
): Promise<CallRecord | undefined> {
  return enterLane(context, known._id, { change, known });
}

function enterLane(
  context: DispatchContext,
  callLogId: string,
  wanted: Pick<PendingChange, "change" | "known">,
): Promise<CallRecord | undefined> {
  return new Promise((resolve, reject) => {
    context.lanes.enter(callLogId, { ...wanted, resolve, reject }, (changes, base) =>
      makeChanges(context, { callLogId, changes, base }),
    );
  });
}

interface Round {
  callLogId: string;
  changes: readonly PendingChange[];
  /** The call as the changes before left it, where there were some. */
  base: CallRecord | undefined;
}

async function makeChanges(
  context: DispatchContext,
  { callLogId, changes, base }: Round,
): Promise<CallRecord | undefined> {
  let open = changes;
  let known = base ?? newest(changes);
  try {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const record = known ?? (await context.calls.find(callLogId));
      if (record === undefined) return settle(open, undefined);
      const now = context.now();
      const applied = await applyChanges(open, record, now);
      const isOld = known !== undefined;
      known = undefined;
      // To change nothing, or to refuse, is decided only on what was read after it was asked for.
      if (isOld && (applied.record === record || applied.refused.length > 0)) continue;
      open = applied.open;
      for (const { reject, error } of applied.refused) reject(error);
      if (applied.record === record) return settle(open, record);
      const written = await writeChanged(context, { before: record, changed: applied.record, now });
      if (written !== undefined) return settle(open, written);
    }
    throw new Error(`call ${callLogId} was changed by others ${MAX_TRIES} times in a row`);
  } catch (error) {
    for (const { reject } of open) reject(error);
    return undefined;
  }
}

function newest(changes: readonly PendingChange[]): CallRecord | undefined {
  const known = changes.flatMap((change) => change.known ?? []);
  return known.toSorted((a, b) => a.revision - b.revision).at(-1);
}

function settle(
  changes: readonly PendingChange[],
  record: CallRecord | undefined,
): CallRecord | undefined {
  for (const { resolve } of changes) resolve(record);
  return record;
}

interface AppliedChanges {
  record: CallRecord;
  open: PendingChange[];
  /** Changes that threw; what the others did stands. */
  refused: { reject: PendingChange["reject"]; error: unknown }[];
}

async function applyChanges(
  changes: readonly PendingChange[],
  record: CallRecord,
  now: Date,
): Promise<AppliedChanges> {
  const applied: AppliedChanges = { record, open: [], refused: [] };
  for (const pending of changes) {
    try {
      applied.record = (await pending.change(applied.record, now)) ?? applied.record;
      applied.open.push(pending);
    } catch (error) {
      applied.refused.push({ reject: pending.reject, error });
    }
  }
  return applied;
}

async function writeChanged(
  context: DispatchContext,
  { before, changed, now }: { before: CallRecord; changed: CallRecord; now: Date },
): Promise<CallRecord | undefined> {
  const { settings } = context;
  const written = await context.calls.replace(withWakeTime(withWait(changed), { now, settings }));
  if (written === undefined) return undefined;
  await releaseFence(context, written);
  await announceCosts(context, before, written);
  if (written.attempts.length > before.attempts.length) await enqueueCalls(context, [written]);
  return written;
}
