import type { CallLogView } from "../query/views/present-call-log.ts";
import { dollars } from "../value/dollars.ts";
import { adviceOf, type CallAdvice } from "./fate/call-advice.ts";
import { factsOf, fateOf } from "./fate/call-fate.ts";
import type { AttemptView, TimeWords } from "./fate/fate.ts";
import { storyDetails } from "./fate/story-details.ts";

export type { AttemptView, TimeWords };

/** What became of a call, in sentences. */
export interface CallStory {
  /** Who was reached or not, when, and the reason. */
  headline: string;
  /** The provider's words, why no attempt followed, the other attempts. */
  details: string[];
  /** What a person can do, and where. */
  advice: CallAdvice | undefined;
  /** What it cost; empty where nothing was dialled. */
  cost: string;
}

/** What became of a call, with what a person can do. The tables in `fate/` have the sentences. */
export function callStory(call: CallLogView, times: TimeWords): CallStory {
  const fate = fateOf(call);
  return {
    headline: fate.entry.sentence(factsOf(call, fate, times)),
    details: storyDetails(call, fate, times),
    advice: adviceOf(fate),
    cost: costSentence(call),
  };
}

/** A few sentences about a call: who was reached, when and how, or why not and what to do, the other attempts, and the cost. */
export function callSentence(call: CallLogView, times: TimeWords): string {
  const { headline, details, advice, cost } = callStory(call, times);
  const todo = advice === undefined ? "" : `What to do: ${lowerFirst(advice.text)}`;
  return [headline, ...details, todo, cost].filter((part) => part !== "").join(" ");
}

function costSentence({ callCostInUSDCents, pricing, attempts }: CallLogView): string {
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

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
