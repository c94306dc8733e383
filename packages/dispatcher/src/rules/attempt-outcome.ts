import type { AnsweredBy, Attempt, CallOutcome, CallPlan, RefusalClass } from "@call-log/model";
import { gatherOf } from "@call-log/model";

/** How a provider can say that a call ended. */
export type Ending = "completed" | "busy" | "no-answer" | "declined" | "failed" | "canceled";

/**
 * Outcomes by SIP response code, for endings that a code makes clearer. Sources: RFC 3261, section 21; GoAlert for 480.
 */
const BY_SIP_CODE: Readonly<Partial<Record<Ending, Readonly<Record<number, CallOutcome>>>>> = {
  failed: {
    404: "bad-number",
    410: "bad-number",
    480: "no-answer",
    484: "bad-number",
    486: "busy",
    600: "busy",
    603: "declined",
    604: "bad-number",
  },
  busy: { 603: "declined" },
  "no-answer": { 603: "declined" },
};

const BY_ENDING = {
  busy: "busy",
  "no-answer": "no-answer",
  declined: "declined",
  failed: "failed",
  canceled: "canceled",
} as const satisfies Record<Exclude<Ending, "completed">, CallOutcome>;

/** Outcome of a refusal by what kind it is. */
export const OUTCOME_OF_REFUSAL = {
  destination: "bad-number",
  permission: "not-permitted",
  fromNumber: "from-number",
  account: "account",
  text: "too-long",
  throttled: "throttled",
  defect: "defect",
} as const satisfies Record<RefusalClass, CallOutcome>;

/** Facts of an attempt that decide its outcome. */
export type OutcomeFacts = Pick<Attempt, "answeredBy" | "acknowledgedAt" | "sipResponseCode">;

/** Outcome of an attempt whose call ended: from the ending, the SIP code, who answered and what was asked for. */
export function attemptOutcome(
  ending: Ending,
  facts: OutcomeFacts,
  reachedWhen: CallPlan["reachedWhen"],
): CallOutcome {
  if (facts.acknowledgedAt !== undefined) return "reached";
  if (ending === "completed") return CONNECTED[reachedWhen](facts.answeredBy);
  const code = facts.sipResponseCode;
  const byCode = code === undefined ? undefined : BY_SIP_CODE[ending]?.[code];
  return byCode ?? BY_ENDING[ending];
}

const isMachine = (answeredBy: AnsweredBy | undefined) =>
  answeredBy === "machine" || answeredBy === "fax";

// Machine detection that can't tell counts as a person, as Twilio advises.
const CONNECTED: Record<
  CallPlan["reachedWhen"],
  (answeredBy: AnsweredBy | undefined) => CallOutcome
> = {
  answered: () => "reached",
  human: (answeredBy) => (isMachine(answeredBy) ? "voicemail" : "reached"),
  acknowledged: (answeredBy) => (isMachine(answeredBy) ? "voicemail" : "not-acknowledged"),
};

/** True when a fact that is still on its way (digits, who answered) may change this outcome. */
export function isProvisional(attempt: Attempt, plan: CallPlan): boolean {
  const { outcome, acknowledgedAt, answeredBy } = attempt;
  if (outcome === "not-acknowledged") return true;
  // Machine detection errs; a person may have pressed the digit all the same.
  if (outcome === "voicemail") return gatherOf(plan.steps) !== undefined;
  return outcome === "reached" && plan.reachedWhen === "human" && !acknowledgedAt && !answeredBy;
}
