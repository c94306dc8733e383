import type { WaitReason } from "@call-log/model";

import { t } from "../language/translate.ts";

/** Why a call waits. */
const WORDINGS: Readonly<Record<WaitReason, () => string>> = {
  scheduled: () => t("It is scheduled for later"),
  retry: () => t("Its next attempt comes after a wait"),
  "quiet-hours": () => t("It is the project's quiet hours at the callee's"),
  "callee-often": () => t("Its number was called often lately"),
  "project-paused": () => t("The project is paused"),
  "provider-paused": () => t("Every provider that it may go to is paused"),
  "from-number": () => t("No provider lets the project call from its number"),
  turn: () => t("Other calls go first at the provider"),
};

/** Why a call waits, in the active language. */
export function waitWording(reason: WaitReason): string {
  return WORDINGS[reason]();
}
