import { MAX_KEY_REPEATS, type GatherStep } from "./spoken-step.ts";

/** What follows an answer to a question. */
export interface GatherAnswer {
  /** What is said first, where something is. */
  say?: string;
  /** The question comes again; else the call goes on after it. */
  asksAgain: boolean;
}

/**
 * What follows these digits at a question that a key has had repeated so often; no digits are silence after its last
 * repetition.
 */
export function gatherAnswer(
  { gather }: GatherStep,
  digits: string,
  repeats: number,
): GatherAnswer {
  const branch = Object.hasOwn(gather.on, digits) ? gather.on[digits] : undefined;
  const asksAgain = branch?.repeat === true && repeats < MAX_KEY_REPEATS;
  const answer = branch?.repeat === true && !asksAgain ? gather.otherwise : branch;
  const say = (answer ?? gather.otherwise)?.say;
  return { asksAgain, ...(say !== undefined && { say }) };
}

/** How often a question is asked in a row while nobody presses anything. */
export function askings({ gather }: GatherStep): number {
  return 1 + (gather.onSilence?.repeat ?? 0);
}
