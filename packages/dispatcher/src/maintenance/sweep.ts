import type { Attempt, CallRecord } from "@call-log/model";

import { inSpanOf } from "../context/call-span.ts";
import { errorFields, withFields } from "../context/log.ts";
import { providerChain, type Providers } from "../providers/provider-lookup.ts";
import { enqueueAttempts } from "../record/enqueue-attempt.ts";
import { expireCall } from "../record/expire-call.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { unanswered } from "../rules/apply-answer.ts";
import { attemptById } from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import type { DueActionKind } from "./due-action.ts";
import { dueActions } from "./due-action.ts";
import { fairDueBatches } from "./fair-due-batches.ts";
import { type Callbacks, pollAttempt } from "./poll-attempt.ts";
import { giveUpPrice, pollPrice } from "./poll-price.ts";
import { readRecord } from "./read-record.ts";
import { reconcileAttempt } from "./reconcile-attempt.ts";

/** Result of a sweep. */
export interface SweepResult {
  swept: number;
  failed: number;
}

type Sweeping = Recording & Providers & Callbacks;

type Action = (context: Sweeping, record: CallRecord, attempt: Attempt) => Promise<void>;

const ACTIONS: Record<DueActionKind, Action> = {
  enqueue: async (context, record) => void (await enqueueAttempts(context, [record], "again")),
  expire: (context, record) => expireCall(context, record._id),
  markUnknown,
  reconcile: reconcileAttempt,
  poll: pollAttempt,
  decide,
  readRecord,
  pollPrice,
  giveUpPrice,
};

/**
 * Run the due actions of every call, a batch at a time, until none is due; with more than a batch, all projects in turn. Safe beside
 * other sweepers. A call that fails does not stop the others; it is logged and looked at again later.
 */
export async function sweep(context: Sweeping): Promise<SweepResult> {
  const seen = new Set<string>();
  const result: SweepResult = { swept: 0, failed: 0 };
  for (let isOver = false; !isOver;) {
    isOver = true;
    const search = { now: context.now(), limit: context.settings.sweepBatch };
    for await (const due of fairDueBatches(context.calls, search)) {
      const fresh = due.filter(({ _id }) => !seen.has(_id));
      if (fresh.length > 0) isOver = false;
      const done = await sweepBatch(context, fresh);
      for (const { _id } of fresh) seen.add(_id);
      result.swept += done.length;
      result.failed += done.filter((succeeded) => !succeeded).length;
    }
  }
  return result;
}

async function sweepBatch(context: Sweeping, due: CallRecord[]): Promise<boolean[]> {
  const situation = { now: context.now(), settings: context.settings };
  const waiting = due.filter((record) => {
    const [first, ...more] = dueActions(record, situation);
    return first?.kind === "enqueue" && more.length === 0;
  });
  const inBacklog = new Set(await enqueueTogether(context, waiting));
  const others = due.filter(({ _id }) => !inBacklog.has(_id));
  return [
    ...[...inBacklog].map(() => true),
    ...(await Promise.all(others.map((record) => sweepCall(context, record)))),
  ];
}

// One write puts a batch that is in the backlog off; the job of one that has room is added again below, which changes nothing.
async function enqueueTogether(context: Recording, due: CallRecord[]): Promise<string[]> {
  if (!context.jobQueue.hasBacklog || due.length === 0) return [];
  return enqueueAttempts(context, due, "again");
}

async function sweepCall(context: Sweeping, record: CallRecord): Promise<boolean> {
  context.metrics.add("swept");
  const acted = await attempted(context, record, () => runActions(context, record));
  const rested = await attempted(context, record, () => putOff(context, record));
  if (acted && rested) return true;
  context.metrics.add("sweepFailures");
  return false;
}

async function runActions(context: Sweeping, record: CallRecord): Promise<void> {
  const { settings, now } = context;
  for (const { kind, attemptNumber } of dueActions(record, { now: now(), settings })) {
    const attempt = record.attempts[attemptNumber - 1];
    if (attempt === undefined) continue;
    const log = withFields(context.log, { callLogId: record._id, attemptId: attempt._id });
    await inSpanOf({ tracing: context.tracing, record, attempt }, `sweep ${kind}`, () =>
      ACTIONS[kind]({ ...context, log }, record, attempt),
    );
  }
}

// Also after a failure, so that calls that fail again and again never stand before the others.
async function putOff(context: Recording, { _id }: CallRecord): Promise<void> {
  await updateCall(context, _id, (record, now) =>
    record.wakeAt !== undefined && record.wakeAt <= now ? { ...record } : undefined,
  );
}

async function attempted(
  { log }: Pick<Recording, "log">,
  { _id }: CallRecord,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log.error({ callLogId: _id, ...errorFields(error) }, "a due call could not be worked on");
    return false;
  }
}

const NOBODY_RECORDED = "nobody recorded one in time";

async function markUnknown(
  context: Recording,
  { _id }: CallRecord,
  { _id: attemptId }: Attempt,
): Promise<void> {
  const { log, metrics } = context;
  await updateCall(context, _id, (record, now) => {
    const attempt = attemptById(record, attemptId);
    if (attempt?.state !== "submitting") return undefined;
    const lost = unanswered(record, attempt, { at: now, why: NOBODY_RECORDED });
    return deriveCallStatus(lost, { now, chain: [] });
  });
  metrics.add("answersUnknown");
  log.warn({ attemptId }, "nobody recorded the provider's answer in time");
}

// A late fact may be lost; the provider is asked before a missing digit counts as none.
async function decide(context: Sweeping, record: CallRecord, attempt: Attempt): Promise<void> {
  await pollAttempt(context, record, attempt);
  const chain = await providerChain(context, record.projectId);
  await updateCall(context, record._id, (current, now) =>
    deriveCallStatus(current, { now, chain, settled: true }),
  );
}
