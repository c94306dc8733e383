import type { CallLogView } from "./call-view.ts";

/** US cents that a call cost; undefined while nothing is known of its price: nothing was dialled, or the provider's answer is missing. */
export function callCents({
  callCostInUSDCents,
  pricing,
}: Pick<CallLogView, "callCostInUSDCents" | "pricing">): number | undefined {
  const cents = callCostInUSDCents ?? 0;
  const isKnown = pricing !== undefined && pricing !== null;
  return isKnown && (pricing !== "pending" || cents > 0) ? cents : undefined;
}
