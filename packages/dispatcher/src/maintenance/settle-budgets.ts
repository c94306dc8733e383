import type { CallRecord } from "@call-log/model";
import { isFinalStatus, parseAttemptId } from "@call-log/model";
import type { Charge, OpenReservation } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { attemptCharge } from "../rules/attempt-charge.ts";
import { secondsAfter, secondsBetween } from "../rules/seconds.ts";
import { fairDueBatches } from "./fair-due-batches.ts";

/** Most reservations of a project checked before the next project has its turn. */
const BATCH = 50;
/** A round ends with the turn in which it has checked this many. */
const ROUND = 1000;
const SHORTEST_LOOK_SECONDS = 60;
const LONGEST_LOOK_SECONDS = 3600;
/** Shortest life of a reservation, for prices that change late. */
const KEPT_SECONDS = 7 * 86_400;

/** What it takes to settle budgets. */
type SettleContext = Pick<DispatchContext, "budgets" | "calls" | "log" | "now">;

/**
 * Compare the reservations that are due with the call log, and bring the budgets to what it says; all projects in turn.
 */
export async function settleBudgets(context: SettleContext): Promise<void> {
  const { budgets, now } = context;
  let looked = 0;
  for (let isGood = true; isGood && looked < ROUND;) {
    const before = looked;
    for await (const batch of fairDueBatches(budgets, { now: now(), limit: BATCH })) {
      looked += batch.length;
      for (const [projectId, due] of byProject(batch))
        isGood = (await settleProject(context, projectId, due)) && isGood;
    }
    if (looked - before < BATCH) return;
  }
}

/** A round of settlement. It never rejects, and begins with moving what earlier releases left in another form. */
export function createSettleRound(context: SettleContext): () => Promise<void> {
  let isMoved = false;
  return async () => {
    try {
      while (!isMoved) isMoved = !(await context.budgets.moveOldForm());
      await settleBudgets(context);
    } catch (error) {
      context.log.error(errorFields(error), "budgets could not be settled");
    }
  };
}

function byProject(due: readonly OpenReservation[]): Map<string, OpenReservation[]> {
  const groups = new Map<string, OpenReservation[]>();
  for (const reservation of due) {
    const { projectId } = reservation;
    groups.set(projectId, [...(groups.get(projectId) ?? []), reservation]);
  }
  return groups;
}

async function settleProject(
  { budgets, calls, log, now }: SettleContext,
  projectId: string,
  due: readonly OpenReservation[],
): Promise<boolean> {
  try {
    const charges = due.map(async (reservation) => {
      const callLogId = parseAttemptId(reservation._id)?.callLogId ?? "";
      return chargeOf(reservation, await calls.find(callLogId, projectId), now());
    });
    await budgets.settle(projectId, await Promise.all(charges));
    return true;
  } catch (error) {
    log.error({ projectId, ...errorFields(error) }, "the budget of a project could not be settled");
    return false;
  }
}

/** Target of a reservation by its call, and when to check it next. */
export function chargeOf(
  reservation: OpenReservation,
  record: CallRecord | undefined,
  now: Date,
): Charge {
  const { _id, reserved, target, at } = reservation;
  const age = secondsBetween(at, now);
  // Its call log was deleted by retention, long after the end: the known cost stands.
  const charge = record
    ? attemptCharge(record, _id, { reserved, now })
    : { micro: target.micro, held: false };
  const isOver = !record || (isFinalStatus(record.status) && record.wakeAt === undefined);
  if (isOver && age >= KEPT_SECONDS) return { reservation, ...(charge && { target: charge }) };
  const shortest = isOver ? LONGEST_LOOK_SECONDS : SHORTEST_LOOK_SECONDS;
  const longest = isOver ? KEPT_SECONDS : LONGEST_LOOK_SECONDS;
  const checkAt = secondsAfter(now, Math.min(longest, Math.max(shortest, age / 2)));
  return { reservation, checkAt, ...(charge && { target: charge }) };
}
