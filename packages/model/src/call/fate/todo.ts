/** What a person can do about a call, in English by its name. */
export const TODOS = {
  "call-again-or-other": "Call again, or call somebody else.",
  "call-other-or-again": "Call somebody else, or call again.",
  "call-again-then-look":
    "Call again. If it fails again, look at the call in the provider's console.",
  "slow-down":
    "Lower the calls per second in the settings, or ask the provider for more, then call again.",
  "check-from-number":
    "Check at the provider whether the account may call from this number, or give the project another number.",
  "check-account": "Check the account, its token and its balance at the provider, then call again.",
  "check-account-and-number":
    "Check the account, its token and the number to call from at the provider, then call again.",
  "shorten-text": "Place a new call with a shorter text.",
  "report-defect":
    "Report this as a defect of call-log. The log of the worker has the error under the attempt's id.",
  "check-number": "Check the number, then place a new call.",
  "allow-at-provider": "Allow calls to this country or number at the provider, then call again.",
  "look-then-call-again":
    "Look for the call in the provider's console. If it is not there, call again.",
  "later-deadline": "Place a new call with a later deadline, or call again without one.",
  "raise-budget":
    "Raise the budget in the settings, or wait until its limit begins again, then call again.",
  "take-off-list": "Take the number off the list if it may be called, then call again.",
  "allow-number-type":
    "Allow numbers of this type in the settings. The operator of the installation has to allow them, too.",
  "unblock-prefix":
    "Take the beginning off the blocked ones in the settings if it may be called, then call again.",
  "allow-country": "Allow calls to this country in the settings, then call again.",
  "give-number": "Give the project a number in the settings, then call again.",
  "call-again": "Call again.",
  "call-again-if-needed": "Call again if it is still needed.",
  "change-reason": "Change what the reason names, then call again.",
  "call-now": "Call now if it cannot wait.",
  "resume-project": "Resume the project in the settings, and the call goes at once.",
  "resume-provider": "An operator of the installation has to resume the provider.",
  "give-accepted-number": "Give the project a number that the provider takes.",
  "wait-for-turn": "Wait until its turn comes. An emergency goes first.",
  "look-at-health": "If this lasts, look at the health: no worker may be running.",
  "look-then-resolve": "Look for the call in the provider's console, then resolve the call.",
  "carrier-allow-country":
    "Allow calls to this country in the geographic permissions of the account, then call again.",
  "carrier-check-number": "Check the number: the provider takes it for no valid number.",
  "carrier-verify-from-number":
    "Buy or verify the number to call from at the provider, or give the project another one.",
  "carrier-account-closed":
    "Check the account at the provider: it is suspended, closed or out of funds.",
  "carrier-check-address":
    "Check PUBLIC_URL of this installation: the provider takes it for no valid address.",
  "carrier-upgrade-trial": "Upgrade the trial account at the provider, then call again.",
  "carrier-too-many-calls":
    "Too many calls run at a time. Ask the provider for more, or spread the calls.",
  "carrier-blocks-number": "The provider blocks calls to this number. Ask its support why.",
  "carrier-check-token": "Check the account's id and its token in the settings of the worker.",
  "carrier-too-many-requests":
    "Too many requests at a time. Lower the calls per second in the settings.",
  "carrier-cannot-reach": "The provider can't reach this number. Check it, or call another one.",
  "carrier-trial-verify":
    "A trial account calls verified numbers only: verify this one, or upgrade the account.",
  "carrier-check-api-key": "Check the API key in the settings of the worker.",
} as const satisfies Record<string, string>;

/** Name of what a person can do about a call. */
export type TodoName = keyof typeof TODOS;

/** Names of all that a person can do. */
export const TODO_NAMES = Object.keys(TODOS) as [TodoName, ...TodoName[]];
