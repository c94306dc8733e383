import type { Script } from "./script.ts";

/** What a gather listens to; see `heard` for what Telnyx takes where nothing is said. */
export interface GatherOptions {
  minimum_digits?: number;
  maximum_digits?: number;
  maximum_tries?: number;
  terminating_digit?: string;
}

/** How a gather ends, as `call.gather.ended` has it. */
export interface Gathered {
  digits: string;
  status: "valid" | "invalid" | "timeout";
}

/**
 * What a gather hears of the keys that are pressed at one asking, by https://developers.telnyx.com/api-reference/call-commands/gather-using-speak:
 * the terminating key, by default #, ends the input and is no part of it; as many keys as may come end it, too.
 */
export function heard(keys: string, options: GatherOptions): Gathered {
  const { minimum_digits = 1, maximum_digits = 128, terminating_digit = "#" } = options;
  const end = keys.indexOf(terminating_digit);
  const digits = (end < 0 ? keys : keys.slice(0, end)).slice(0, maximum_digits);
  if (digits === "") return { digits, status: end < 0 ? "timeout" : "invalid" };
  return { digits, status: digits.length < minimum_digits ? "invalid" : "valid" };
}

/** How often the question is spoken at most, while nothing that counts is pressed. */
export function triesOf({ maximum_tries = 3 }: GatherOptions): number {
  return maximum_tries;
}

/** A call as far as its questions go: how often each was asked. */
interface Asked {
  script: Pick<Script, "presses">;
  askings: Map<string, number>;
}

/** What the callee presses: what the script has for this time that the same question is asked. */
export function nextPress({ script, askings }: Asked, question: string): string {
  const { presses = [] } = script;
  const asked = askings.get(question) ?? 0;
  askings.set(question, asked + 1);
  return presses[Math.min(asked, presses.length - 1)] ?? "";
}
