import type { Attempt, CallRecord, Pricing } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";

/** Decimal places of a micro-unit. */
const PLACES = 6;
/** From most to least certain; a call has the least certain pricing of its attempts. */
const SURENESS: readonly Pricing[] = ["final", "estimated", "incomplete", "pending"];

/** Decimal text as integer millionths, exactly and without its sign, or undefined when it is no decimal number. */
export function microUnitsOf(decimal: string): number | undefined {
  const match = /^[+-]?(\d{0,9})(?:\.(\d*))?$/.exec(decimal.trim());
  const whole = match?.[1] ?? "";
  const fraction = match?.[2] ?? "";
  if (whole + fraction === "") return undefined;
  const kept = Number(whole + fraction.slice(0, PLACES).padEnd(PLACES, "0"));
  return fraction.charAt(PLACES) >= "5" ? kept + 1 : kept;
}

/** What an attempt's price adds to the record: the amount as given, and its cost where the currency is US dollars. */
export function costOf(
  given: { amount: string; currency: string } | undefined,
): Pick<Attempt, "price" | "costInMicroUSD"> {
  if (given === undefined) return {};
  const price = { amount: given.amount, currency: given.currency, pricing: "final" as const };
  const micro = given.currency.toUpperCase() === "USD" ? microUnitsOf(given.amount) : undefined;
  return micro === undefined ? { price } : { price, costInMicroUSD: micro };
}

/** Price of an attempt that never connected: nothing, for certain. */
export const FREE = {
  price: { amount: null, currency: null, pricing: "final" as const },
  costInMicroUSD: 0,
};

/** Cost and pricing of a call: the sum over its attempts in whole micro-dollars, and the least sure pricing. */
export function callCost(
  record: Pick<CallRecord, "attempts" | "status">,
): Pick<CallRecord, "callCostInUSDCents" | "pricing"> {
  const micro = record.attempts.reduce((sum, { costInMicroUSD = 0 }) => sum + costInMicroUSD, 0);
  const pricing = callPricing(record);
  return { callCostInUSDCents: micro / 10_000, ...(pricing && { pricing }) };
}

// While a call is open more may be added; an attempt without a price is still under way.
function callPricing({
  attempts,
  status,
}: Pick<CallRecord, "attempts" | "status">): Pricing | undefined {
  const handedOver = attempts.filter(({ claimedAt }) => claimedAt !== undefined);
  const isUnderWay = !isFinalStatus(status) && status !== "Unknown";
  if (isUnderWay) return handedOver.length > 0 ? "pending" : undefined;
  const found = new Set(handedOver.map(attemptPricing));
  return SURENESS.findLast((pricing) => found.has(pricing)) ?? "final";
}

// Calls that were never found, or charged in another currency, are not in the sum in US cents, so the sum is not known to be complete.
function attemptPricing({ state, price, costInMicroUSD }: Attempt): Pricing {
  if (state === "unknown") return "incomplete";
  if (price === undefined) return "pending";
  const isNotSummed = price.amount !== null && costInMicroUSD === undefined;
  return isNotSummed && price.pricing === "final" ? "incomplete" : price.pricing;
}
