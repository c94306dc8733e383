import type { FakeCall } from "./fake-call.ts";
import type { Verb } from "./twiml.ts";

/** The key that ends the input where the document names none. */
const DEFAULT_FINISH_ON_KEY = "#";

/** What the callee presses at a question: what the script has for this time that the same text is asked. */
export function nextPress({ script, askings }: FakeCall, { children }: Verb): string {
  const { presses = [] } = script;
  const text = children.map((child) => child.text).join(" ");
  const asked = askings.get(text) ?? 0;
  askings.set(text, asked + 1);
  return presses[Math.min(asked, presses.length - 1)] ?? "";
}

/**
 * What `<Gather>` hears of the keys that are pressed, by https://www.twilio.com/docs/voice/twiml/gather: the key of `finishOnKey` ends the
 * input and is not part of it; an empty `finishOnKey` lets every key through; `numDigits` keys end it, too, and later ones are not heard.
 * Unfinished input is sent when `timeout` is over.
 */
export function digitsOf(
  keys: string,
  attributes: Verb["attributes"],
): { digits: string; isFinished: boolean } {
  const { finishOnKey = DEFAULT_FINISH_ON_KEY, numDigits = "Infinity" } = attributes;
  let digits = "";
  for (const key of keys) {
    if (key === finishOnKey) return { digits, isFinished: true };
    digits += key;
    if (digits.length >= Number(numDigits)) return { digits, isFinished: true };
  }
  return { digits, isFinished: false };
}
