import { reasonOf, type RefusalName, refusalOf } from "@call-log/model";

import { t } from "../language/translate.ts";
import { isEnglish } from "./inside-sentence.ts";
import { outcomeWording } from "./outcome-words.ts";
import { reasonText } from "./reason-words.ts";

/** Why call-log itself did not dial, in a line. */
const REFUSALS: Readonly<Record<Exclude<RefusalName, "other">, () => string>> = {
  budget: () => t("The budget has no room for this call"),
  "do-not-call": () => t("The number is on the do-not-call list"),
  "number-type": () => t("Numbers of this type are not called"),
  prefix: () => t("Numbers with this beginning are blocked"),
  country: () => t("Calls to this country are not allowed"),
  "no-number": () => t("The project has no number to call from"),
  "never-placed": () => t("A person found that it was never placed"),
  "alert-ended": () => t("Canceled: its alert ended at the source"),
  "canceled-early": () => t("Canceled before it was dialled"),
  defect: () => t("call-log itself failed before anything was sent"),
};

/** A call's message as it is shown, and its language where that is not the page's. */
export function shownMessage(message: string): { text: string; lang?: "en" } {
  const words = messageWords(message);
  return words === undefined ? { text: message, lang: "en" } : { text: words };
}

/** A call's message in the active language; undefined for one that only the server's English has. */
export function messageWords(message: string): string | undefined {
  if (isEnglish() || message === "") return message;
  const refusal = refusalOf(message);
  if (refusal !== undefined && refusal !== "other") return REFUSALS[refusal]();
  const reason = reasonOf({ statusMessage: message });
  if (reason === undefined) return "";
  if (reason.name === "outcome") return outcomeWording(reason.outcome);
  return reason.name === "other" ? undefined : reasonText(reason);
}
