import { type CallLogView, ENGLISH_STORY, reasonOf, type TimeWords } from "@call-log/model";

import { isEnglish } from "./inside-sentence.ts";
import { reasonText } from "./reason-words.ts";

/** The reason in a call's message, in the active language; empty where there is none. English is the model's. */
export function reasonWords(
  call: Pick<CallLogView, "statusMessage" | "waitsFor">,
  times: TimeWords,
): string {
  if (isEnglish()) return ENGLISH_STORY.reason(call, times);
  const reason = reasonOf(call);
  return reason === undefined ? "" : reasonText(reason);
}

/** Why the budget refused a call, as a sentence. */
export function budgetWords(
  call: Pick<CallLogView, "statusMessage" | "waitsFor">,
  times: TimeWords,
): string {
  return isEnglish() ? ENGLISH_STORY.budget(call, times) : `${reasonWords(call, times)}.`;
}
