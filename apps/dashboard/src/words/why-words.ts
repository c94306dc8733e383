import { fateOf } from "@call-log/model";

import type { CallLogView } from "../call/call-view.ts";
import { t } from "../language/translate.ts";
import { shownMessage } from "./message-words.ts";
import { statusWording } from "./status-words.ts";

/** Why a call stands as it does, in a line; `lang` where only the server's English says it. */
export interface WhyWords {
  text: string;
  lang?: "en";
}

/** Why nobody knows whether a call was placed. */
const UNKNOWN: Readonly<Record<string, () => string>> = {
  "unknown.looking": () => t("The provider's answer was lost; call-log looks for the call there"),
  "unknown.none": () => t("The provider shows no such call; a person has to decide"),
  "unknown.several": () =>
    t("Several calls at the provider may be this one; a person has to decide"),
};

/** Why a call stands as it does: what its message says, else what its status means. */
export function whyWords(call: CallLogView): WhyWords {
  const { status, statusMessage } = call;
  if (status === "Unknown") return { text: UNKNOWN[fateOf(call).name]?.() ?? "" };
  const words = shownMessage(statusMessage ?? "");
  return words.text === "" ? { text: statusWording(status ?? "") ?? "" } : words;
}
