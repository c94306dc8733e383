import {
  ATTEMPT_STATES,
  type AttemptView,
  CALL_OUTCOMES,
  type CallLogView,
  isFinalStatus,
  type TimeWords,
  WAIT_REASONS,
} from "@call-log/model";

/** A delay that deserves a sentence, in milliseconds. */
const WORTH_SAYING_MS = 60_000;

/** What one attempt was, in a sentence. */
export function attemptSentence(attempt: AttemptView, { day }: TimeWords): string {
  const { number, state, dueAt, claimedAt, provider, answeredAt, endedAt, outcome } = attempt;
  if (state === "planned") return `Attempt ${number} is due ${day(dueAt)}.`;
  const steps = [
    claimedAt && `dialled ${day(claimedAt)}${provider ? ` through ${provider}` : ""}`,
    answeredAt && `answered ${day(answeredAt)}`,
    endedAt && `ended ${day(endedAt)}`,
  ].filter(Boolean);
  const result =
    outcome === undefined ? ATTEMPT_STATES[state].wording : CALL_OUTCOMES[outcome].wording;
  const detail = attempt.errorMessage ? ` (${attempt.errorMessage})` : "";
  const digits = attempt.digits ? `, pressed ${attempt.digits}` : "";
  return `Attempt ${number}: ${[...steps, `${lowerFirst(result)}${digits}${detail}`].join(", ")}.`;
}

/** Why nobody was reached before: what was waited for, and the attempts that reached nobody. Empty when the first attempt came at once and reached somebody. */
export function whyNotBefore(call: CallLogView, times: TimeWords): string[] {
  const attempts = call.attempts ?? [];
  const first = attempts.find(({ claimedAt }) => claimedAt !== undefined);
  const asked = call.createdAt ?? undefined;
  const scheduled = call.scheduledAt ?? undefined;
  return [
    ...(scheduled ? [`It was scheduled for ${times.day(scheduled)}.`] : []),
    ...(asked && first?.claimedAt ? lateStart(scheduled ?? asked, first.claimedAt, times) : []),
    ...attempts
      .filter(({ outcome }) => outcome !== undefined && outcome !== "reached")
      .map((attempt) => attemptSentence(attempt, times)),
    ...waiting(call, times),
  ];
}

function lateStart(from: string, first: string, { day }: TimeWords): string[] {
  const ms = Date.parse(first) - Date.parse(from);
  if (ms < WORTH_SAYING_MS) return [];
  return [
    `It could go from ${day(from)} on and was first dialled ${day(first)}, ${Math.round(ms / 60_000)} min later.`,
  ];
}

function waiting({ status, waitsFor, waitsUntil }: CallLogView, { day }: TimeWords): string[] {
  // When it is scheduled for has been said.
  if (isFinalStatus(status ?? "") || !waitsFor || waitsFor === "scheduled") return [];
  const until = waitsUntil ? ` until ${day(waitsUntil)}` : "";
  return [`${WAIT_REASONS[waitsFor].wording}${until}.`];
}

/** What happens next with a call, in a sentence. */
export function nextSentence(call: CallLogView, times: TimeWords): string {
  const { status = "", deadlineAt } = call;
  if (status === "Unknown")
    return "The provider is asked what became of the last attempt; if it does not know, a person has to decide.";
  if (isFinalStatus(status ?? ""))
    return status === "Completed"
      ? "Nothing more happens: the call is over."
      : "Nothing more happens: the call is over, and nobody is called again unless somebody asks for it.";
  const planned = (call.attempts ?? []).find(({ state }) => state === "planned");
  if (planned === undefined) return "The call is under way.";
  const at = call.waitsUntil ?? planned.dueAt;
  const deadline = deadlineAt ? ` After ${times.day(deadlineAt)} it is not dialled any more.` : "";
  return `Attempt ${planned.number} is dialled ${times.day(at)} or as soon as it may go after that.${deadline}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
