import { setTimeout as delay } from "node:timers/promises";

import { type Acting, CallLogError, isFinalStatus, SYSTEM_ACTING } from "@call-log/model";
import type { CallReach } from "@call-log/store";

import { cancelCall } from "./cancel-call.ts";
import { runOnMany } from "./run-on-many.ts";

/** Most calls that one act ends, and the time after which it ends no more. */
const MOST_ENDED = 2000;
const MOST_MS = 20_000;
/** Calls of one round. */
const ROUND = 200;
/** Calls that are named for each reason. */
const MOST_NAMED = 5;
/** A worker may know of no pause that is younger than a second, and dials until then. */
const SETTLE_MS = 1500;
/** A call that is being handed to its provider can't be ended before the provider answers; that is waited for so long. */
const PATIENCE_MS = 6000;
const BETWEEN_ROUNDS_MS = 1000;

/** Calls that could not be ended, for one reason. */
export interface NotEnded {
  reason: string;
  calls: number;
  /** The first of them. */
  ids: string[];
}

/** What came of ending all running calls. */
export interface EndedCalls {
  /** The provider was asked to end them, and did not refuse. */
  ended: number;
  notEnded: NotEnded[];
  /** There were more than one act ends; it can be repeated. */
  isCutShort: boolean;
}

/** Which calls, and who acts; the waits can be shortened for tests. */
export interface Reaching extends CallReach {
  acting?: Acting | undefined;
  /** @defaultValue waits for what a pause does not reach at once */
  settleMs?: number;
  /** @defaultValue 6000 */
  patienceMs?: number;
}

type Ending = Parameters<typeof cancelCall>[0];
type Result = "ended" | "over" | CallLogError;

/** End running calls at their provider, after a pause, until none is left, the limit is reached, or patience ends. Each has its audit line. */
export async function endRunning(
  context: Ending,
  { acting = SYSTEM_ACTING, settleMs = SETTLE_MS, patienceMs = PATIENCE_MS, ...reach }: Reaching,
): Promise<EndedCalls> {
  const begun = performance.now();
  const results = new Map<string, Result>();
  for (;;) {
    const found = await context.calls.findRunning({ ...reach, limit: ROUND + results.size });
    const open = found.filter(({ _id }) => isOpen(results.get(_id))).slice(0, ROUND);
    const hasMore = open.length === ROUND && open.some(({ _id }) => !results.has(_id));
    for (const [_id, result] of await endAll(context, open, acting)) results.set(_id, result);
    const elapsed = performance.now() - begun;
    const isCutShort = results.size >= MOST_ENDED || elapsed >= MOST_MS;
    const isPatient = elapsed < (open.length > 0 ? patienceMs : settleMs);
    if (isCutShort || !(isPatient || hasMore)) return summary(results, isCutShort);
    if (!hasMore) await delay(BETWEEN_ROUNDS_MS);
  }
}

// A call that was being handed over may be ended by now, and a provider that was away may be back.
function isOpen(result: Result | undefined): boolean {
  return result === undefined || result instanceof CallLogError;
}

async function endAll(
  context: Ending,
  calls: readonly { _id: string; projectId: string }[],
  acting: Acting,
) {
  const answers = new Map<string, Result>();
  for (const projectId of new Set(calls.map((call) => call.projectId))) {
    const callLogIds = calls.filter((call) => call.projectId === projectId).map(({ _id }) => _id);
    const given = await runOnMany({ projectId, callLogIds, acting }, (ref) => endOne(context, ref));
    callLogIds.forEach((id, index) => answers.set(id, given[index]!));
  }
  return answers;
}

async function endOne(
  context: Ending,
  ref: Parameters<typeof cancelCall>[1],
): Promise<"ended" | "over"> {
  try {
    await cancelCall(context, ref);
    return "ended";
  } catch (error) {
    const now = await context.calls.find(ref.callLogId, ref.projectId);
    // It ended by itself meanwhile.
    if (now === undefined || isFinalStatus(now.status)) return "over";
    throw error;
  }
}

function summary(results: ReadonlyMap<string, Result>, isCutShort: boolean): EndedCalls {
  const reasons = new Map<string, string[]>();
  let ended = 0;
  for (const [id, result] of results)
    if (result instanceof CallLogError)
      reasons.set(result.message, [...(reasons.get(result.message) ?? []), id]);
    else if (result === "ended") ended += 1;
  return {
    ended,
    notEnded: [...reasons].map(([reason, ids]) => ({
      reason,
      calls: ids.length,
      ids: ids.slice(0, MOST_NAMED),
    })),
    isCutShort,
  };
}
