import { CALL_OUTCOMES, CALL_STATUSES, isFinalStatus, type CallLogView } from "@call-log/model";

import { dollars } from "../format/money.ts";
import { clockTime } from "../format/time.ts";
import type { AttemptView } from "./call-view.ts";

/** The answer to "did the call reach her?": who was reached, when, on which attempt, with which digit, at what cost, and why not before. */
export function callSentence(call: CallLogView): string {
  const attempts = call.attempts ?? [];
  const parts = [headline(call, attempts), ...before(attempts, call), cost(call)];
  return parts.filter((part) => part !== "").join(" ");
}

function headline(call: CallLogView, attempts: readonly AttemptView[]): string {
  const status = call.status ?? "";
  const winner = attempts.find(({ outcome }) => outcome === "reached");
  if (winner !== undefined) return `${reached(winner)} on ${place(winner, attempts)}.`;
  const wording = Object.hasOwn(CALL_STATUSES, status)
    ? CALL_STATUSES[status as keyof typeof CALL_STATUSES].wording
    : status;
  const detail = call.statusMessage ? `: ${call.statusMessage}` : "";
  return isFinalStatus(status) ? `${wording}${detail}.` : `${wording}${detail} …`;
}

function reached({ digits, acknowledgedAt, answeredAt, endedAt, answeredBy }: AttemptView): string {
  const at = acknowledgedAt ?? answeredAt ?? endedAt;
  const when = at ? ` at ${clockTime(at)}` : "";
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
  const final = isFinalStatus(call.status ?? "");
  const ended = attempts.filter(({ outcome }) => outcome !== undefined && outcome !== "reached");
  const told =
    final && !attempts.some(({ outcome }) => outcome === "reached") ? ended.slice(0, -1) : ended;
  return told.map(({ number, outcome, errorMessage }) => {
    const wording = CALL_OUTCOMES[outcome!].wording;
    return `Attempt ${number}: ${wording.toLowerCase()}${errorMessage ? ` (${errorMessage})` : ""}.`;
  });
}

function cost({ callCostInUSDCents, pricing, attempts }: CallLogView): string {
  const amount = dollars(callCostInUSDCents ?? 0);
  if (pricing === "pending") return `Cost so far ${amount}; a price is still to come.`;
  if (pricing !== "incomplete") return pricing ? `Cost ${amount}.` : "";
  const foreign = (attempts ?? []).flatMap(chargedElsewhere);
  if (foreign.length > 0) return `Cost ${amount}, and in another currency ${foreign.join(" + ")}.`;
  return `Cost ${amount}, without an attempt whose call was never found.`;
}

// Never converted: which rate the provider's bill will have is not known here.
function chargedElsewhere({ price, costInMicroUSD }: AttemptView): string[] {
  if (!price?.amount || costInMicroUSD !== undefined) return [];
  return [`${price.amount.replace(/^-/, "")} ${price.currency ?? ""}`.trim()];
}
