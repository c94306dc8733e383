import type { TodoName } from "@call-log/model";

import { t } from "../language/translate.ts";

/** What a person can do about a call. */
const TODOS: Readonly<Record<TodoName, () => string>> = {
  "call-again-or-other": () => t("Call again, or call somebody else."),
  "call-other-or-again": () => t("Call somebody else, or call again."),
  "call-again-then-look": () =>
    t("Call again. If it fails again, look at the call in the provider's console."),
  "slow-down": () =>
    t("Lower the calls per second in the settings, or ask the provider for more, then call again."),
  "check-from-number": () =>
    t(
      "Check at the provider whether the account may call from this number, or give the project another number.",
    ),
  "check-account": () =>
    t("Check the account, its token and its balance at the provider, then call again."),
  "check-account-and-number": () =>
    t("Check the account, its token and the number to call from at the provider, then call again."),
  "shorten-text": () => t("Place a new call with a shorter text."),
  "report-defect": () =>
    t(
      "Report this as a defect of call-log. The log of the worker has the error under the attempt's id.",
    ),
  "check-number": () => t("Check the number, then place a new call."),
  "allow-at-provider": () =>
    t("Allow calls to this country or number at the provider, then call again."),
  "look-then-call-again": () =>
    t("Look for the call in the provider's console. If it is not there, call again."),
  "later-deadline": () => t("Place a new call with a later deadline, or call again without one."),
  "raise-budget": () =>
    t("Raise the budget in the settings, or wait until its limit begins again, then call again."),
  "take-off-list": () => t("Take the number off the list if it may be called, then call again."),
  "allow-number-type": () =>
    t(
      "Allow numbers of this type in the settings. The operator of the installation has to allow them, too.",
    ),
  "unblock-prefix": () =>
    t(
      "Take the beginning off the blocked ones in the settings if it may be called, then call again.",
    ),
  "allow-country": () => t("Allow calls to this country in the settings, then call again."),
  "give-number": () => t("Give the project a number in the settings, then call again."),
  "call-again": () => t("Call again."),
  "call-again-if-needed": () => t("Call again if it is still needed."),
  "change-reason": () => t("Change what the reason names, then call again."),
  "call-now": () => t("Call now if it cannot wait."),
  "resume-project": () => t("Resume the project in the settings, and the call goes at once."),
  "resume-provider": () => t("An operator of the installation has to resume the provider."),
  "give-accepted-number": () => t("Give the project a number that the provider takes."),
  "wait-for-turn": () => t("Wait until its turn comes. An emergency goes first."),
  "look-at-health": () => t("If this lasts, look at the health: no worker may be running."),
  "look-then-resolve": () =>
    t("Look for the call in the provider's console, then resolve the call."),
  "carrier-allow-country": () =>
    t("Allow calls to this country in the geographic permissions of the account, then call again."),
  "carrier-check-number": () => t("Check the number: the provider takes it for no valid number."),
  "carrier-verify-from-number": () =>
    t("Buy or verify the number to call from at the provider, or give the project another one."),
  "carrier-account-closed": () =>
    t("Check the account at the provider: it is suspended, closed or out of funds."),
  "carrier-check-address": () =>
    t("Check PUBLIC_URL of this installation: the provider takes it for no valid address."),
  "carrier-upgrade-trial": () => t("Upgrade the trial account at the provider, then call again."),
  "carrier-too-many-calls": () =>
    t("Too many calls run at a time. Ask the provider for more, or spread the calls."),
  "carrier-blocks-number": () =>
    t("The provider blocks calls to this number. Ask its support why."),
  "carrier-check-token": () =>
    t("Check the account's id and its token in the settings of the worker."),
  "carrier-too-many-requests": () =>
    t("Too many requests at a time. Lower the calls per second in the settings."),
  "carrier-cannot-reach": () =>
    t("The provider can't reach this number. Check it, or call another one."),
  "carrier-trial-verify": () =>
    t("A trial account calls verified numbers only: verify this one, or upgrade the account."),
  "carrier-check-api-key": () => t("Check the API key in the settings of the worker."),
};

/** What a person can do about a call, in the active language. */
export function todoWords(name: TodoName): string {
  return TODOS[name]();
}
