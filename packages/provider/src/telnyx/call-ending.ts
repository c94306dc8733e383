import type { AnsweredBy, EventStatus } from "@call-log/model";

/** How a call ended, by Telnyx's `hangup_cause` (https://developers.telnyx.com/api-reference/callbacks/call-hangup). */
const ENDINGS: Readonly<Record<string, EventStatus>> = {
  normal_clearing: "completed",
  time_limit: "completed",
  originator_cancel: "canceled",
  timeout: "no-answer",
  no_answer: "no-answer",
  user_busy: "busy",
  call_rejected: "declined",
  not_found: "failed",
  unspecified: "failed",
};

/** Who answered, by the `result` of `call.machine.detection.ended`, plain and premium. */
const ANSWERS: Readonly<Record<string, AnsweredBy>> = {
  human: "human",
  human_residence: "human",
  human_business: "human",
  machine: "machine",
  fax_detected: "fax",
  silence: "unknown",
  not_sure: "unknown",
};

/** How a call ended. A call in which nothing was spoken was not completed, no matter who hung up. */
export function endingOf(hangupCause: string | undefined, wasSpokenTo: boolean): EventStatus {
  const ending = lookUp(ENDINGS, hangupCause) ?? "failed";
  return ending === "completed" && !wasSpokenTo ? "no-answer" : ending;
}

/** Who answered; undefined for a word that Telnyx has not had so far. */
export function answeredByOf(result: string | undefined): AnsweredBy | undefined {
  return lookUp(ANSWERS, result);
}

function lookUp<T>(table: Readonly<Record<string, T>>, word = ""): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
