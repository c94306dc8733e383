import type { AnsweredBy, EventStatus } from "@call-log/model";

/** Twilio's call states, in callbacks and in the Call resource, as ours. Source: https://www.twilio.com/docs/voice/api/call-resource */
const STATUSES: Readonly<Record<string, EventStatus>> = {
  queued: "queued",
  initiated: "initiated",
  ringing: "ringing",
  "in-progress": "in-progress",
  completed: "completed",
  busy: "busy",
  "no-answer": "no-answer",
  failed: "failed",
  canceled: "canceled",
};

/** Who answered, as Twilio says it. Source: https://www.twilio.com/docs/voice/answering-machine-detection */
const ANSWERS: Readonly<Record<string, AnsweredBy>> = {
  human: "human",
  machine: "machine",
  machine_start: "machine",
  machine_end_beep: "machine",
  machine_end_silence: "machine",
  machine_end_other: "machine",
  fax: "fax",
  unknown: "unknown",
};

/** Our status for Twilio's; undefined for one that Twilio has not had so far. */
export function statusOf(status: string | undefined): EventStatus | undefined {
  return lookUp(STATUSES, status);
}

/** Who answered, for Twilio's word; undefined while nobody knows. */
export function answeredByOf(word: string | undefined): AnsweredBy | undefined {
  return lookUp(ANSWERS, word);
}

function lookUp<T>(table: Readonly<Record<string, T>>, word = ""): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
