import {
  type Attempt,
  type AttemptEvent,
  CALL_OUTCOMES,
  type CallOutcome,
  type CallRecord,
  spokenStep,
} from "@call-log/model";
import { anAttempt, callRecord } from "@call-log/testing";

/** A member of the team on call. */
export interface DemoPerson {
  _id: string;
  name: string;
  number: string;
}

/** What a call of the demo is about, and how each of its attempts ended. */
export interface DemoCall {
  /** Makes its id; no two calls have the same. */
  serial: number;
  at: Date;
  person: DemoPerson;
  incident: { _id: string; title: string; number: number };
  says: string;
  outcomes: readonly CallOutcome[];
  tags?: readonly string[];
}

const FROM = "+493023125000";
/** Seconds after the begin of an attempt at which each event comes. */
type Plot = readonly (readonly [seconds: number, event: Partial<AttemptEvent>])[];
const callback = (status: AttemptEvent["status"]) => ({ source: "callback", status }) as const;
const TAKEN: Plot = [
  [0, { source: "worker", status: "submitting" }],
  [0.4, { source: "api", status: "accepted" }],
  [1, callback("initiated")],
];
const RING_SECONDS = 3;
const RUNG: Plot = [...TAKEN, [RING_SECONDS, callback("ringing")]];
const PLOTS: Partial<Record<CallOutcome, Plot>> = {
  reached: [
    ...RUNG,
    [11, callback("in-progress")],
    [27, callback("digits")],
    [34, callback("completed")],
  ],
  "not-acknowledged": [...RUNG, [14, callback("in-progress")], [52, callback("completed")]],
  voicemail: [
    ...RUNG,
    [24, callback("in-progress")],
    [27, { ...callback("answered-by"), answeredBy: "machine" }],
    [45, callback("completed")],
  ],
  busy: [...TAKEN, [2, callback("busy")]],
  "no-answer": [...RUNG, [33, callback("no-answer")]],
  declined: [...RUNG, [9, callback("declined")]],
  "bad-number": [
    [0, { source: "worker", status: "submitting" }],
    [0.4, { source: "api", status: "rejected" }],
  ],
};
/** Seconds by which the answers of some calls come later than those of others, at most. */
const MOST_DELAY_SECONDS = 17;
/** Seconds between two attempts. */
const WAIT_SECONDS = 120;

/** The record of a call that is over. */
export function demoCall(call: DemoCall): CallRecord {
  const { serial, at, person, incident, says, outcomes, tags = [] } = call;
  const hex = serial.toString(16).padStart(12, "0");
  const _id = `${idTime(at)}-7a10-8c00-${hex}`;
  const attempts = outcomes.map((outcome, index) =>
    demoAttempt(_id, {
      outcome,
      number: index + 1,
      at: later(at, 1 + index * WAIT_SECONDS),
      delay: (serial * 7) % MOST_DELAY_SECONDS,
    }),
  );
  const last = attempts.at(-1)!;
  const gather = { say: "Press 4 to acknowledge.", on: { "4": { acknowledge: true } } };
  const steps = [{ say: says }, { gather }].map((step) => spokenStep.parse(step));
  const { wakeAt: _over, ...rest } = callRecord({
    _id,
    plan: { steps, reachedWhen: "acknowledged" },
  });
  const { number, ...who } = person;
  return {
    ...rest,
    createdAt: at,
    updatedAt: last.endedAt!,
    toNumber: number,
    fromNumber: FROM,
    callData: { message: says, steps },
    status: CALL_OUTCOMES[outcomes.at(-1)!].status,
    statusMessage: CALL_OUTCOMES[outcomes.at(-1)!].wording,
    callCostInUSDCents: attempts.reduce((sum, one) => sum + (one.costInMicroUSD ?? 0) / 1e4, 0),
    pricing: "final",
    provider: "simulated",
    attempts,
    attemptCount: attempts.length,
    ...(last.acknowledgedAt && { acknowledgedAt: last.acknowledgedAt }),
    ...(last.answeredBy && { answeredBy: last.answeredBy }),
    user: who,
    userId: who._id,
    incident: { _id: incident._id, title: incident.title, number: incident.number },
    incidentId: incident._id,
    tags: [...tags],
  };
}

function demoAttempt(
  callId: string,
  { outcome, number, at, delay }: { outcome: CallOutcome; number: number; at: Date; delay: number },
): Attempt {
  const plot = (PLOTS[outcome] ?? TAKEN).map(
    ([seconds, event]) => [seconds > RING_SECONDS ? seconds + delay : seconds, event] as const,
  );
  const when = (status: string) => plot.find(([, event]) => event.status === status)?.[0];
  const answered = when("in-progress");
  const acknowledged = when("digits");
  const end = plot.at(-1)![0];
  const seconds = answered === undefined ? 0 : end - answered;
  const cost = answered === undefined ? 0 : 13_000 * Math.ceil(seconds / 60);
  return anAttempt(callId, {
    number,
    state: outcome === "bad-number" ? "rejected" : "ended",
    dueAt: at,
    provider: "simulated",
    ...(outcome !== "bad-number" && { providerCallId: `SIM${callId.slice(-6)}${number}` }),
    ...(outcome === "bad-number" && {
      errorCode: "21211",
      errorMessage: "The number is not valid",
      errorClass: "destination" as const,
    }),
    fromNumber: FROM,
    claimedAt: at,
    submittedAt: at,
    endedAt: later(at, end),
    outcome,
    ...(answered !== undefined && {
      answeredAt: later(at, answered),
      durationSeconds: seconds,
      answeredBy: outcome === "voicemail" ? ("machine" as const) : ("human" as const),
    }),
    ...(acknowledged !== undefined && { digits: "4", acknowledgedAt: later(at, acknowledged) }),
    price: { amount: (cost / 1e6).toFixed(4), currency: "USD", pricing: "final" },
    costInMicroUSD: cost,
    events: plot.map(([after, event]) => ({
      source: "callback",
      status: "accepted",
      ...event,
      at: later(at, after),
      late: false,
    })),
  });
}

/** The record of a call that waits: nothing wakes it while the pictures are made. */
export function demoOpenCall(
  call: Omit<DemoCall, "outcomes"> &
    Pick<CallRecord, "status" | "statusMessage"> & { attempt: Partial<Attempt> },
): CallRecord {
  const { status, statusMessage, attempt, ...facts } = call;
  const { pricing: _none, provider: _nobody, ...over } = demoCall({ ...facts, outcomes: ["busy"] });
  const { price: _price, outcome: _outcome, endedAt: _end, ...first } = over.attempts[0]!;
  const { statusMessage: _why, ...rest } = over;
  const updatedAt = attempt.events?.at(-1)?.at ?? call.at;
  return {
    ...rest,
    status,
    updatedAt,
    ...(statusMessage !== undefined && { statusMessage }),
    attemptCount: attempt.state === "planned" ? 0 : 1,
    attempts: [anAttempt(over._id, { ...(attempt.state !== "planned" && first), ...attempt })],
    wakeAt: new Date("2100-01-01T00:00:00.000Z"),
  };
}

/** The first two groups of a UUID of version 7: the time. */
function idTime(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

function later(at: Date, seconds: number): Date {
  return new Date(at.getTime() + Math.round(seconds * 1000));
}
