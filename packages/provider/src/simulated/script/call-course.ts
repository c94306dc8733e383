import type { AnsweredBy } from "@call-log/model";

/** States of a call at the simulated carrier. */
export type CarrierStatus =
  | "queued"
  | "initiated"
  | "ringing"
  | "in-progress"
  | "completed"
  | "busy"
  | "no-answer"
  | "declined"
  | "failed"
  | "canceled";

/** Something that happens in a call, in the carrier's seconds since the call was placed. */
export type Moment = { seconds: number } & (
  | { status: CarrierStatus; sipResponseCode?: number }
  | { status: "answered-by"; answeredBy: AnsweredBy }
  | { status: "digits"; digits: string; step?: number; sequence?: number }
);

/** How the carrier delivers its callbacks. `swapped`: each second one overtakes the one before it. */
export type CallbackDelivery = "plain" | "doubled" | "swapped" | "never";

/** What happens in a call after it was placed. */
export interface Course {
  moments: readonly Moment[];
  /** What is pressed each time that a question is asked; the last stands for all further times, an empty text for silence. */
  presses: readonly string[];
  callbacks: CallbackDelivery;
  /** Seconds from the end until the price is known; `Infinity` for never. */
  priceAfterSeconds: number;
}

/** SIP response codes (RFC 3261) that the simulated carrier reports. */
export const SIP = {
  ok: 200,
  notFound: 404,
  busyHere: 486,
  terminated: 487,
  unavailable: 503,
  decline: 603,
} as const;

const INITIATED_AT = 0.5;
const RINGING_AT = 1.5;
/** Seconds from the answer until it is known who answered. */
const DETECTION_SECONDS = 2;
const PRICE_SECONDS = 5;

const dialling: readonly Moment[] = [
  { seconds: 0, status: "queued" },
  { seconds: INITIATED_AT, status: "initiated" },
];

const ringing: readonly Moment[] = [...dialling, { seconds: RINGING_AT, status: "ringing" }];

/** What is special about an answered call. */
export interface Answer {
  by?: AnsweredBy;
  /** What is pressed each time that a question is asked. */
  presses?: readonly string[];
  ringSeconds?: number;
  talkSeconds?: number;
  callbacks?: CallbackDelivery;
  priceAfterSeconds?: number;
}

/** Course of a call that is answered, by a person unless said otherwise. */
export function answered(answer: Answer = {}): Course {
  const at = RINGING_AT + (answer.ringSeconds ?? 3);
  return {
    presses: answer.presses ?? [],
    moments: [
      ...ringing,
      { seconds: at, status: "in-progress" },
      { seconds: at + DETECTION_SECONDS, status: "answered-by", answeredBy: answer.by ?? "human" },
      { seconds: at + (answer.talkSeconds ?? 8), status: "completed", sipResponseCode: SIP.ok },
    ],
    callbacks: answer.callbacks ?? "plain",
    priceAfterSeconds: answer.priceAfterSeconds ?? PRICE_SECONDS,
  };
}

/** Course of a call that rings, but nobody takes it. */
export function unanswered(
  status: CarrierStatus,
  sipResponseCode: number,
  ringSeconds: number,
): Course {
  const end: Moment = { seconds: RINGING_AT + ringSeconds, status, sipResponseCode };
  return {
    moments: [...ringing, end],
    presses: [],
    callbacks: "plain",
    priceAfterSeconds: PRICE_SECONDS,
  };
}

/** Course of a call that never gets as far as ringing. */
export function unconnected(status: CarrierStatus, sipResponseCode: number): Course {
  const end: Moment = { seconds: RINGING_AT, status, sipResponseCode };
  return {
    moments: [...dialling, end],
    presses: [],
    callbacks: "plain",
    priceAfterSeconds: PRICE_SECONDS,
  };
}
