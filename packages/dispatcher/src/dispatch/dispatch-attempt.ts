import type { Attempt, CallRecord, DispatchJob, Priority } from "@call-log/model";
import { CALL_OUTCOMES } from "@call-log/model";
import type { CallOrder, PlaceResult } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { callOrder } from "../providers/call-order.ts";
import { checkAccount } from "../providers/check-account.ts";
import { noteRefusedNumber } from "../providers/note-number.ts";
import { endRinging } from "../record/end-at-provider.ts";
import { expireCall, expireUnplaced } from "../record/expire-call.ts";
import { recordAnswer } from "../record/record-answer.ts";
import type { Recording } from "../record/update-call.ts";
import { waitsForPause } from "../rules/pause-wait.ts";
import { digestOf } from "../rules/request-digest.ts";
import { secondsBetween } from "../rules/seconds.ts";
import { JOB_AHEAD_SECONDS } from "../rules/wake-time.ts";
import type { Route, Routing } from "./choose-route.ts";
import { chooseRoute } from "./choose-route.ts";
import { claimAttempt } from "./claim-attempt.ts";
import { deferAttempt, refuse } from "./defer-attempt.ts";
import { lookAhead } from "./look-ahead.ts";
import { placeCall, type Placing } from "./place-call.ts";
import { reportDefect } from "./report-defect.ts";
import { returnCalleeTurn } from "./return-callee-turn.ts";
import { settleRestored } from "./settle-restored.ts";

/** What it takes to dispatch an attempt: gates, a provider, and the record. */
export type Dispatching = Recording &
  Routing &
  Placing &
  Pick<DispatchContext, "callbackUrlsFor" | "workerId">;

/** Result of a dispatch job: `later` when its attempt is not due yet, else `done`. */
export type DispatchResult =
  | { kind: "done" }
  | { kind: "later"; at: Date; priority: Priority | undefined };

const DONE: DispatchResult = { kind: "done" };

/** Name in the record when no provider of the project is set up. */
const NO_PROVIDER = "none";

/**
 * Hand one attempt to a provider: claim, place, record. Only the worker that wins the claim dials. Rejects only when the
 * database is away; the sweeper then continues from what is written.
 */
export async function dispatchAttempt(
  context: Dispatching,
  job: DispatchJob,
): Promise<DispatchResult> {
  lookAhead(context, job.projectId);
  const record = await context.calls.find(job.callLogId, job.projectId);
  const attempt = record?.attempts[job.attemptNumber - 1];
  if (record === undefined || attempt?.state !== "planned") return DONE;
  const now = context.now();
  if (isPastDeadline(record, now)) await expireCall(context, record._id);
  else if (attempt.dueAt > now) return notDue(record, attempt.dueAt, now);
  else return dispatchDue(context, record, attempt);
  return DONE;
}

// A job that came beside another, as after "call now", must not stand in the queue for the hours that its call is held: the sweeper brings that back.
function notDue(record: CallRecord, dueAt: Date, now: Date): DispatchResult {
  const isKept = waitsForPause(record) || secondsBetween(now, dueAt) > JOB_AHEAD_SECONDS;
  return isKept ? DONE : later(record, dueAt);
}

function later({ plan: { priority } }: CallRecord, at: Date): DispatchResult {
  return { kind: "later", at, priority };
}

async function dispatchDue(
  context: Dispatching,
  found: CallRecord,
  attempt: Attempt,
): Promise<DispatchResult> {
  const record = await settleRestored(context, found, attempt);
  if (record === undefined) return DONE;
  const route = await chooseRoute(context, { record, attempt });
  if (route.kind === "later" && !(await deferAttempt(context, { record, attempt }, route)))
    return later(record, route.at);
  if (route.kind === "refused") {
    await returnCalleeTurn(context, record, attempt._id);
    await refuse(context, attempt, route);
  }
  if (route.kind === "open") await claimAndPlace(context, { record, attempt, route });
  return DONE;
}

function isPastDeadline({ deadlineAt }: CallRecord, now: Date): boolean {
  return deadlineAt !== undefined && deadlineAt <= now;
}

interface OpenRoute {
  record: CallRecord;
  attempt: Attempt;
  route: Extract<Route, { kind: "open" }>;
}

async function claimAndPlace(
  context: Dispatching,
  { record, attempt, route }: OpenRoute,
): Promise<void> {
  const { chain, fromNumber, provider = NO_PROVIDER } = route;
  const made = makeOrder(context, { record, attempt, provider, fromNumber });
  if (made === undefined) return refuse(context, attempt, NOT_MADE);
  const { order, requestDigest } = made;
  const claimedAt = context.now();
  const sent = { provider, fromNumber: order.fromNumber, requestDigest };
  const claimed = await claimAttempt(context, record, { attempt, chain, claimedAt, ...sent });
  if (claimed === undefined) return;
  measureClaim(context, record, { attempt, claimedAt });
  // The last look before the request leaves: the claim, too, may have taken its time.
  if (isPastDeadline(claimed, context.now())) {
    await returnCalleeTurn(context, record, attempt._id);
    const { statusMessage: waited } = record;
    return expireUnplaced(context, { attemptId: attempt._id, claimed, waited });
  }
  const finish = async (result: PlaceResult) => {
    const answer = { attemptId: attempt._id, provider, result, at: context.now() };
    await noteRefusedNumber(context, answer, claimed);
    // Before the next attempt is planned, which would wait for this one's turn.
    if (result.kind === "rejected") await returnCalleeTurn(context, record, attempt._id);
    const after = await recordAnswer(context, answer, { chain, claimed });
    // Its alert ended while the call was handed over.
    if (after?.alertOrigin?.stoppedAt !== undefined) await endRinging(context, after);
    await checkAccount(context, answer);
  };
  await finish(await placeCall(context, { order, provider, claimedAt, onLateAnswer: finish }));
}

function measureClaim(
  { metrics }: Pick<Dispatching, "metrics">,
  { createdAt }: CallRecord,
  { attempt: { number, dueAt }, claimedAt }: { attempt: Attempt; claimedAt: Date },
): void {
  const seconds = (from: Date, to: Date) => Math.max(0, secondsBetween(from, to));
  // Further attempts are planned, not requested.
  if (number === 1) metrics.measure("step", { step: "due", seconds: seconds(createdAt, dueAt) });
  metrics.measure("step", { step: "claimed", seconds: seconds(dueAt, claimedAt) });
}

const NOT_MADE = {
  kind: "refused",
  status: "Failed",
  message: CALL_OUTCOMES.defect.wording,
} as const;

// Before the claim: a defect here would come again with every job, so it ends the call.
function makeOrder(
  context: Pick<Dispatching, "callbackUrlsFor" | "log" | "metrics">,
  given: { record: CallRecord; attempt: Attempt; provider: string; fromNumber: string },
): { order: CallOrder; requestDigest: string } | undefined {
  const { record, attempt, provider, fromNumber } = given;
  const { callbackUrlsFor } = context;
  try {
    const order = callOrder(record, attempt, { provider, fromNumber, callbackUrlsFor });
    return { order, requestDigest: digestOf(order) };
  } catch (error) {
    reportDefect(context, { attemptId: attempt._id, provider }, error);
    return undefined;
  }
}
