import type { CallSnapshot } from "../../provider.ts";
import type { LedgerCall } from "../ledger/ledger-line.ts";
import { durationSeconds, ledgerPrice } from "../price.ts";
import type { Moment } from "./call-course.ts";
import { answerOf, courseOf, endOf, momentsOf, hasCome, timeOf } from "./timeline.ts";

/** The state of a call at a time. It is computed from the ledger alone, so nothing is lost when the carrier restarts. */
export function callAt(call: LedgerCall, now: Date): CallSnapshot {
  const moments = momentsOf(call);
  const past = moments.filter(({ seconds }) => hasCome(call, seconds, now));
  const snapshot: CallSnapshot = {
    providerCallId: call.providerCallId,
    attemptId: call.attemptId,
    toNumber: call.toNumber,
    fromNumber: call.fromNumber,
    createdAt: call.createdAt,
    status: "queued",
  };
  const answer = answerOf(past);
  if (answer) snapshot.answeredAt = timeOf(call, answer.seconds);
  for (const moment of past) Object.assign(snapshot, factsOf(moment));
  const pressed = past.flatMap((moment) => (moment.status === "digits" ? [pressOf(moment)] : []));
  return { ...snapshot, ...(pressed.length > 0 && { pressed }), ...endingAt(call, now) };
}

function factsOf(moment: Moment): Partial<CallSnapshot> {
  if (moment.status === "answered-by") return { answeredBy: moment.answeredBy };
  if (moment.status === "digits") return {};
  const { status, sipResponseCode } = moment;
  return sipResponseCode === undefined ? { status } : { status, sipResponseCode };
}

function pressOf({ digits, step, sequence }: Extract<Moment, { digits: string }>) {
  return {
    digits,
    ...(step !== undefined && { step }),
    ...(sequence !== undefined && { sequence }),
  };
}

function endingAt(call: LedgerCall, now: Date): Partial<CallSnapshot> {
  const end = endOf(momentsOf(call));
  if (!hasCome(call, end.seconds, now)) return {};
  const duration = durationSeconds(call);
  if (duration === undefined) return { endedAt: timeOf(call, end.seconds) };
  const isPriced = hasCome(call, end.seconds + courseOf(call).priceAfterSeconds, now);
  return {
    endedAt: timeOf(call, end.seconds),
    durationSeconds: duration,
    ...(isPriced ? { price: ledgerPrice(call) } : {}),
  };
}

/** True when a call has come to its end by this time. */
export function hasEnded(call: LedgerCall, now: Date): boolean {
  return hasCome(call, endOf(momentsOf(call)).seconds, now);
}
