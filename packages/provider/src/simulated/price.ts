import type { LedgerCall } from "./ledger/ledger-line.ts";
import { answerOf, endOf, momentsOf } from "./script/timeline.ts";

/** Prices have five decimals, as Twilio's have. */
const UNITS_PER_DOLLAR = 100_000;
/** From 0.00700 to 0.01300 USD per minute, by luck. */
const [LOWEST_RATE, RATE_SPAN] = [700, 600];

/** Whole seconds that a call was connected; undefined for one that was not answered. */
export function durationSeconds(call: LedgerCall): number | undefined {
  const moments = momentsOf(call);
  const answer = answerOf(moments);
  return answer && Math.max(1, Math.round(endOf(moments).seconds - answer.seconds));
}

/**
 * What a call costs when it has ended: decimal text, negative as a charge is, by started minutes.
 * A call that is not answered costs nothing, and the carrier tells no price of it.
 */
export function ledgerPrice(call: LedgerCall): { amount: string; currency: string } {
  const minutes = Math.ceil((durationSeconds(call) ?? 0) / 60);
  const units = minutes * (LOWEST_RATE + Math.round(call.luck * RATE_SPAN));
  const text = (units / UNITS_PER_DOLLAR).toFixed(5);
  return { amount: units === 0 ? text : `-${text}`, currency: "USD" };
}
