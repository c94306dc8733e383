import type { Attempt, CallRecord, DispatchJob } from "@call-log/model";
import type { CallOrder, PlaceResult } from "@call-log/provider";

import { callOrder, chooseProvider } from "./call-order.ts";
import type { DispatchContext } from "./dispatch-context.ts";
import { providerChain } from "./dispatch-context.ts";
import { expireCall } from "./expire-call.ts";
import { placeCall } from "./place-call.ts";
import { recordAnswer } from "./record-answer.ts";
import { digestOf } from "./request-digest.ts";
import { secondsAfter } from "./seconds.ts";

/** What became of a dispatch job: `later` when its time has not come yet, else it is done with. */
export type DispatchResult = { kind: "done" } | { kind: "later"; at: Date };

const DONE: DispatchResult = { kind: "done" };

/** Name in the record when no provider of the project is set up. */
const NO_PROVIDER = "none";

/**
 * Hand one attempt to a provider: claim, place, record. Whoever does not get the claim never dials. Rejects only when the
 * database is away; the sweeper carries on from what is written then.
 */
export async function dispatchAttempt(
  context: DispatchContext,
  job: DispatchJob,
): Promise<DispatchResult> {
  const record = await context.calls.find(job.callLogId, job.projectId);
  const attempt = record?.attempts[job.attemptNumber - 1];
  if (record === undefined || attempt?.state !== "planned") return DONE;
  const now = context.now();
  if (record.deadlineAt !== undefined && record.deadlineAt <= now)
    await expireCall(context, record._id);
  else if (attempt.dueAt > now) return { kind: "later", at: attempt.dueAt };
  else await claimAndPlace(context, record, attempt);
  return DONE;
}

async function claimAndPlace(
  context: DispatchContext,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const chain = await providerChain(context, record.projectId);
  const provider = chooseProvider(attempt, chain) ?? NO_PROVIDER;
  const { callbackUrlsFor } = context;
  const order = callOrder(record, attempt, { provider, callbackUrlsFor });
  const claimedAt = context.now();
  if (!(await claim(context, record, { attempt, order, provider, claimedAt }))) return;
  const finish = (result: PlaceResult) => {
    const answer = { attemptId: attempt._id, provider, result, at: context.now() };
    return recordAnswer(context, answer, chain);
  };
  await finish(await placeCall(context, { order, provider, claimedAt, onLateAnswer: finish }));
}

interface Claim {
  attempt: Attempt;
  order: CallOrder;
  provider: string;
  claimedAt: Date;
}

async function claim(
  { calls, settings, workerId }: DispatchContext,
  { _id, projectId, fromNumber }: CallRecord,
  { attempt, order, provider, claimedAt }: Claim,
): Promise<boolean> {
  const claimed = await calls.claim({
    projectId,
    callLogId: _id,
    attemptNumber: attempt.number,
    workerId,
    provider,
    fromNumber,
    requestDigest: digestOf(order),
    now: claimedAt,
    deadlineAt: secondsAfter(claimedAt, settings.claimDeadlineSeconds),
  });
  return claimed !== undefined;
}
