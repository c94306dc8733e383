import type { CallbackKind } from "../../provider.ts";
import type { LedgerCall } from "../ledger/ledger-line.ts";
import { durationSeconds } from "../price.ts";
import type { CallbackDelivery, Moment } from "../script/call-course.ts";
import { courseOf, isFinal, momentsOf, timeOf } from "../script/timeline.ts";

/** A callback that the carrier will make. */
export interface PlannedCallback {
  providerCallId: string;
  dueAt: Date;
  url: string;
  /** Form-encoded, with the names of Twilio's parameters. */
  body: string;
}

/** Something that the carrier has to tell of a call. */
export interface Notice {
  kind: CallbackKind;
  seconds: number;
  fields: Record<string, string>;
}

/** Carrier's seconds by which a disturbed callback comes later. */
const DISTURBANCE_SECONDS = 0.5;

/** Every callback of a call, by its script; none where no address was given. */
export function plannedCallbacks(call: LedgerCall): PlannedCallback[] {
  const urls = call.callbackUrls;
  if (!urls) return [];
  return MANNERS[courseOf(call).callbacks](noticesOf(call)).map(({ kind, seconds, fields }) => ({
    providerCallId: call.providerCallId,
    dueAt: timeOf(call, seconds),
    url: urls[kind],
    body: new URLSearchParams({ CallSid: call.providerCallId, ...fields }).toString(),
  }));
}

/** How the callbacks of a call are disturbed on their way. */
const MANNERS: Record<CallbackDelivery, (notices: Notice[]) => Notice[]> = {
  plain: (notices) => notices,
  doubled: (notices) => notices.flatMap((notice) => [notice, delayed(notice, notice.seconds)]),
  swapped: (notices) =>
    notices.map((notice, index) => {
      const next = notices[index + 1];
      return index % 2 === 0 && next ? delayed(notice, next.seconds) : notice;
    }),
  never: () => [],
};

function delayed(notice: Notice, until: number): Notice {
  return { ...notice, seconds: until + DISTURBANCE_SECONDS };
}

/** Everything that the carrier has to tell of a call, in order, whatever becomes of its callbacks. */
export function noticesOf(call: LedgerCall): Notice[] {
  // As at Twilio, there is no callback for the queue, nor for a call that was canceled in it.
  const told = momentsOf(call).filter(({ status }) => status !== "queued");
  if (told[0]?.status === "canceled") return [];
  let sequence = 0;
  return told.map((moment) => {
    const fields = { Timestamp: timeOf(call, moment.seconds).toISOString(), ...fieldsOf(moment) };
    const kind = kindOf(moment);
    if (kind !== "status") return { kind, seconds: moment.seconds, fields };
    const numbered = { ...fields, ...durationOf(call, moment), SequenceNumber: `${sequence++}` };
    return { kind, seconds: moment.seconds, fields: numbered };
  });
}

function kindOf(moment: Moment): CallbackKind {
  if (moment.status === "digits") return "gather";
  return moment.status === "answered-by" ? "amd" : "status";
}

function fieldsOf(moment: Moment): Record<string, string> {
  if (moment.status === "digits") return digitsOf(moment);
  if (moment.status === "answered-by") return { AnsweredBy: moment.answeredBy };
  const sip = moment.sipResponseCode;
  return {
    CallStatus: moment.status,
    ...(sip === undefined ? {} : { SipResponseCode: `${sip}` }),
  };
}

function digitsOf({ digits, step, sequence }: Extract<Moment, { digits: string }>) {
  return {
    Digits: digits,
    ...(step !== undefined && { Step: `${step}` }),
    ...(sequence !== undefined && { Again: `${sequence}` }),
  };
}

function durationOf(call: LedgerCall, moment: Moment): Record<string, string> {
  if (!isFinal(moment.status)) return {};
  return { CallDuration: `${durationSeconds(call) ?? 0}` };
}
