import type { LedgerCall } from "../ledger/ledger-line.ts";
import type { CarrierStatus, Course, Moment } from "./call-course.ts";
import { SIP } from "./call-course.ts";
import { PRESSING_SECONDS } from "./presses.ts";
import { ORDINARY_COURSE, scriptedTry, scriptFor } from "./scripts.ts";

/** A moment at which the state of the call changes. */
export type StatusMoment = Extract<Moment, { status: CarrierStatus }>;

const FINAL: ReadonlySet<Moment["status"]> = new Set<CarrierStatus>([
  "completed",
  "busy",
  "no-answer",
  "declined",
  "failed",
  "canceled",
]);

/** What division by the speed may add to a time. */
const ROUNDING_ERROR_MS = 1e-6;

/** What happens in a call by its script. */
export function courseOf(call: LedgerCall): Course {
  return scriptedTry(scriptFor(call.toNumber), call.tryNumber).course ?? ORDINARY_COURSE;
}

/** Everything that has happened or will happen in a call, in order; it ends with a final state. */
export function momentsOf(call: LedgerCall): Moment[] {
  const course = courseOf(call);
  const heard = withPresses(call, course).filter((moment) => isHeard(call, moment));
  return endOnRequest(call, limitTalk(call, limitRinging(call, delayAnswer(call, heard))));
}

/** The moment at which a call comes into one of these states. */
function findStatus(
  moments: readonly Moment[],
  isWanted: (status: Moment["status"]) => boolean,
): StatusMoment | undefined {
  return moments.find((moment): moment is StatusMoment => isWanted(moment.status));
}

/** The last moment of a call. */
export function endOf(moments: readonly Moment[]): StatusMoment {
  const end = findStatus(moments, isFinal);
  if (!end) throw new Error("a course without an end");
  return end;
}

/** The moment at which a call was answered, or undefined. */
export function answerOf(moments: readonly Moment[]): StatusMoment | undefined {
  return findStatus(moments, (status) => status === "in-progress");
}

/** True for a state that is never left. */
export function isFinal(status: Moment["status"]): boolean {
  return FINAL.has(status);
}

/** The time of a moment: the first millisecond at which it has come. */
export function timeOf(call: LedgerCall, seconds: number): Date {
  const offset = Math.ceil((seconds * 1000) / call.speed - ROUNDING_ERROR_MS);
  return new Date(call.createdAt.getTime() + offset);
}

/** True when a moment of a call has come by a time; one at `Infinity` never has. */
export function hasCome(call: LedgerCall, seconds: number, time: Date): boolean {
  return timeOf(call, seconds) <= time;
}

/** Seconds from the last key to the end of a call that would have ended before. */
const AFTER_LAST_PRESS_SECONDS = 3;

function withPresses(call: LedgerCall, { moments, presses: [first] }: Course): Moment[] {
  const answer = answerOf(moments);
  const former = first === undefined ? [] : [{ afterSeconds: PRESSING_SECONDS, digits: first }];
  const presses = call.presses ?? (call.gathersDigits ? former : []);
  if (answer === undefined || presses.length === 0) return [...moments];
  const pressed = presses.map(({ afterSeconds, ...press }): Moment => ({
    seconds: answer.seconds + afterSeconds,
    status: "digits",
    ...press,
  }));
  const end = endOf(moments);
  const seconds = Math.max(end.seconds, pressed.at(-1)!.seconds + AFTER_LAST_PRESS_SECONDS);
  return [...moments.filter((moment) => moment !== end), ...pressed, { ...end, seconds }].toSorted(
    (a, b) => a.seconds - b.seconds,
  );
}

/** Who answered is reported only where the order asked for it. */
function isHeard(call: LedgerCall, moment: Moment): boolean {
  return moment.status !== "answered-by" || call.detectsMachine;
}

/** Callees differ in speed: `luck` adds up to one second of ringing. */
function delayAnswer(call: LedgerCall, moments: Moment[]): Moment[] {
  const ringing = findStatus(moments, (status) => status === "ringing");
  if (!ringing) return moments;
  return moments.map((moment) =>
    moment.seconds > ringing.seconds ? { ...moment, seconds: moment.seconds + call.luck } : moment,
  );
}

function limitRinging(call: LedgerCall, moments: Moment[]): Moment[] {
  const ringing = findStatus(moments, (status) => status === "ringing");
  if (!ringing || call.ringTimeoutSeconds === undefined) return moments;
  const seconds = ringing.seconds + call.ringTimeoutSeconds;
  const next = answerOf(moments) ?? endOf(moments);
  if (next.seconds <= seconds) return moments;
  return cut(moments, { seconds, status: "no-answer", sipResponseCode: SIP.terminated });
}

function limitTalk(call: LedgerCall, moments: Moment[]): Moment[] {
  const answer = answerOf(moments);
  if (!answer || call.timeLimitSeconds === undefined) return moments;
  const seconds = answer.seconds + call.timeLimitSeconds;
  if (endOf(moments).seconds <= seconds) return moments;
  return cut(moments, { seconds, status: "completed", sipResponseCode: SIP.ok });
}

function endOnRequest(call: LedgerCall, moments: Moment[]): Moment[] {
  const time = call.endRequestedAt;
  if (!time || hasCome(call, endOf(moments).seconds, time)) return moments;
  const seconds = ((time.getTime() - call.createdAt.getTime()) / 1000) * call.speed;
  const past = moments.filter((moment) => hasCome(call, moment.seconds, time));
  return answerOf(past)
    ? [...past, { seconds, status: "completed", sipResponseCode: SIP.ok }]
    : [...past, { seconds, status: "canceled", sipResponseCode: SIP.terminated }];
}

function cut(moments: readonly Moment[], end: StatusMoment): Moment[] {
  return [...moments.filter(({ seconds }) => seconds <= end.seconds), end];
}
