import type { WebhookEventType } from "@call-log/model";

import { t, tIn } from "../language/translate.ts";

/** Every type of event that webhooks send. */
const TITLES: Readonly<Record<WebhookEventType, () => string>> = {
  "call.status-changed": () => tIn("webhook event", "Status changed"),
  "call.attempt-ended": () => tIn("webhook event", "Attempt ended"),
  "call.acknowledged": () => tIn("webhook event", "Acknowledged"),
  "call.unknown": () => tIn("webhook event", "Attempt unknown"),
  "call.price-final": () => tIn("webhook event", "Price final"),
  "call.exhausted": () => tIn("webhook event", "Attempts exhausted"),
  "problem.began": () => tIn("webhook event", "Problem began"),
  "problem.ended": () => tIn("webhook event", "Problem ended"),
};

/** What each type of event means. */
const DESCRIPTIONS: Readonly<Record<WebhookEventType, () => string>> = {
  "call.status-changed": () =>
    t("A call has a new status; the first one is that of its acceptance"),
  "call.attempt-ended": () => t("A dialled attempt has its outcome; another one may follow"),
  "call.acknowledged": () => t("The digit that acknowledges was pressed"),
  "call.unknown": () => t("The provider's answer was lost: it may or may not have placed the call"),
  "call.price-final": () => t("The cost of a call changes no more"),
  "call.exhausted": () =>
    t(
      "The call is over, nobody was reached as requested, and no attempt follows; not sent for a canceled call",
    ),
  "problem.began": () =>
    t("call-log found something to be wrong with the installation or the project"),
  "problem.ended": () => t("A problem is over"),
};

/** A type of event in the active language. */
export function eventTypeTitle(type: WebhookEventType): string {
  return TITLES[type]();
}

/** What a type of event means. */
export function eventTypeDescription(type: WebhookEventType): string {
  return DESCRIPTIONS[type]();
}
