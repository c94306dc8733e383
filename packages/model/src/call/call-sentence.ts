import type { CallLogView } from "../query/views/present-call-log.ts";
import { adviceOf, type CallAdvice } from "./fate/call-advice.ts";
import { factsOf, fateOf } from "./fate/call-fate.ts";
import { ENGLISH_STORY } from "./fate/english-story.ts";
import type { AttemptView, TimeWords } from "./fate/fate.ts";
import { storyDetails } from "./fate/story-details.ts";
import type { CallCost, StoryWords } from "./fate/story-words.ts";

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

/** What became of a call, with what a person can do; in English, or in words of another language. */
export function callStory(
  call: CallLogView,
  times: TimeWords,
  words: StoryWords = ENGLISH_STORY,
): CallStory {
  const fate = fateOf(call);
  const telling = { words, times };
  const cost = costOf(call);
  return {
    headline: words.fate(fate.name, factsOf(call, fate, telling)),
    details: storyDetails(call, fate, telling),
    advice: adviceOf(fate, words),
    cost: cost === undefined ? "" : words.cost(cost),
  };
}

/** A few sentences about a call: who was reached, when and how, or why not and what to do, the other attempts, and the cost. */
export function callSentence(call: CallLogView, times: TimeWords): string {
  const { headline, details, advice, cost } = callStory(call, times);
  const todo = advice === undefined ? "" : `What to do: ${lowerFirst(advice.text)}`;
  return [headline, ...details, todo, cost].filter((part) => part !== "").join(" ");
}

function costOf({ callCostInUSDCents, pricing, attempts }: CallLogView): CallCost | undefined {
  if (!pricing) return undefined;
  const cents = callCostInUSDCents ?? 0;
  if (pricing !== "incomplete")
    return { state: pricing === "pending" ? "pending" : "final", cents, foreign: [] };
  const foreign = (attempts ?? []).flatMap(chargedElsewhere);
  return { state: foreign.length > 0 ? "foreign" : "unfound", cents, foreign };
}

// Never converted: the rate on the provider's bill is not known here.
function chargedElsewhere({ price, costInMicroUSD }: AttemptView): string[] {
  if (!price?.amount || costInMicroUSD !== undefined) return [];
  return [`${price.amount.replace(/^-/, "")} ${price.currency ?? ""}`.trim()];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
