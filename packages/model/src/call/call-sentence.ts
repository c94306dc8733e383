import type { CallLogView } from "../query/views/present-call-log.ts";
import { dollars } from "../value/dollars.ts";
import { CALL_OUTCOMES } from "./call-outcome.ts";
import { CALL_STATUSES, isFinalStatus } from "./call-status.ts";

/** One attempt as it is answered. */
export type AttemptView = NonNullable<CallLogView["attempts"]>[number];

/** How times in ISO 8601 are shown to a reader: by the clock of some zone. */
export interface TimeWords {
  /** The time of day. */
  clock: (iso: string) => string;
  /** Day and time. */
  day: (iso: string) => string;
}

/** A few sentences about a call: who was reached, when, on which attempt, with which digit, at what cost, and why not before. */
export function callSentence(call: CallLogView, times: TimeWords): string {
  const attempts = call.attempts ?? [];
  const parts = [headline(call, times), ...before(attempts, call), cost(call)];
  return parts.filter((part) => part !== "").join(" ");
}

function headline(call: CallLogView, times: TimeWords): string {
  const status = call.status ?? "";
  const attempts = call.attempts ?? [];
  const winner = attempts.find(({ outcome }) => outcome === "reached");
  if (winner !== undefined) return `${reached(winner, times)} on ${place(winner, attempts)}.`;
  const isKnown = Object.hasOwn(CALL_STATUSES, status);
  const wording = isKnown ? CALL_STATUSES[status as keyof typeof CALL_STATUSES].wording : status;
  const reason = reasonOf(call, times);
  // The reason of a known status repeats its meaning, so one of them is enough.
  const words = isKnown && reason !== "" ? reason : [wording, reason].filter(Boolean).join(": ");
  return isFinalStatus(status) ? `${words}.` : `${words} …`;
}

const MOMENT = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/g;

function reasonOf({ statusMessage }: CallLogView, { day }: TimeWords): string {
  const text = (statusMessage ?? "").replaceAll(MOMENT, (iso) => day(iso));
  return text.replace(/[.\s]+$/, "");
}

function reached(winner: AttemptView, { clock }: TimeWords): string {
  const { digits, acknowledgedAt, answeredAt, endedAt, answeredBy } = winner;
  const at = acknowledgedAt ?? answeredAt ?? endedAt;
  const when = at ? ` at ${clock(at)}` : "";
  if (digits) return `Reached: ${who(answeredBy)} pressed ${digits}${when}`;
  return `Reached: ${who(answeredBy)} answered${when}`;
}

function who(answeredBy: AttemptView["answeredBy"]): string {
  if (answeredBy === "human") return "a person";
  return answeredBy === "machine" ? "a machine" : "somebody";
}

function place({ number }: AttemptView, attempts: readonly AttemptView[]): string {
  const all = attempts.filter(({ state }) => state !== "planned").length;
  return all > 1 ? `attempt ${number} of ${all}` : "the first attempt";
}

function before(attempts: readonly AttemptView[], call: CallLogView): string[] {
  // The status message is that of the last attempt.
  const isLastSaid = isFinalStatus(call.status ?? "") || Boolean(call.statusMessage);
  const ended = attempts.filter(({ outcome }) => outcome !== undefined && outcome !== "reached");
  const mentioned =
    isLastSaid && !attempts.some(({ outcome }) => outcome === "reached")
      ? ended.slice(0, -1)
      : ended;
  return mentioned.map(({ number, outcome, errorMessage }) => {
    const wording = CALL_OUTCOMES[outcome!].wording;
    return `Attempt ${number}: ${wording.toLowerCase()}${errorMessage ? ` (${errorMessage})` : ""}.`;
  });
}

function cost({ callCostInUSDCents, pricing, attempts }: CallLogView): string {
  const amount = dollars(callCostInUSDCents ?? 0);
  if (pricing === "pending") return `Cost so far ${amount}; a price is pending.`;
  if (pricing !== "incomplete") return pricing ? `Cost ${amount}.` : "";
  const foreign = (attempts ?? []).flatMap(chargedElsewhere);
  if (foreign.length > 0) return `Cost ${amount}, and in another currency ${foreign.join(" + ")}.`;
  return `Cost ${amount}, without an attempt whose call was never found.`;
}

// Never converted: the rate on the provider's bill is not known here.
function chargedElsewhere({ price, costInMicroUSD }: AttemptView): string[] {
  if (!price?.amount || costInMicroUSD !== undefined) return [];
  return [`${price.amount.replace(/^-/, "")} ${price.currency ?? ""}`.trim()];
}
