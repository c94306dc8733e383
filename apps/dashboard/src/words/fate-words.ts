import type { FateFacts, FateName } from "@call-log/model";

import { t } from "../language/translate.ts";

type Facts = Readonly<Record<keyof FateFacts, string>>;

/** The sentence on everything that can become of a call. */
const SENTENCES: Readonly<Record<FateName, (facts: Facts) => string>> = {
  "outcome.reached": (facts) => t("{who} was reached{when}: {did}.", facts),
  "outcome.voicemail": (facts) =>
    t("{who} was not reached{when}: an answering machine answered.", facts),
  "outcome.not-acknowledged": (facts) =>
    t(
      "{who} was not reached{when}: the call was answered, but nobody pressed the key that acknowledges it.",
      facts,
    ),
  "outcome.declined": (facts) => t("{who} was not reached{when}: the call was declined.", facts),
  "outcome.busy": (facts) => t("{who} was not reached{when}: the line was busy.", facts),
  "outcome.no-answer": (facts) => t("{who} was not reached{when}: nobody answered.", facts),
  "outcome.failed": (facts) => t("{who} was not reached{when}: the call failed on its way.", facts),
  "outcome.throttled": (facts) =>
    t("{who} was not called{when}: the provider was not able to take the call.", facts),
  "outcome.from-number": (facts) =>
    t(
      "{who} was not called{when}: the provider does not let the project call from its number.",
      facts,
    ),
  "outcome.account": (facts) =>
    t("{who} was not called{when}: the provider refused the account.", facts),
  "outcome.configuration": (facts) =>
    t(
      "{who} was not called{when}: the account or its number at the provider is not set up for this call.",
      facts,
    ),
  "outcome.too-long": (facts) =>
    t("{who} was not called{when}: the text is longer than the provider takes.", facts),
  "outcome.defect": (facts) =>
    t("{who} was not called{when}: call-log itself failed before anything was sent.", facts),
  "outcome.bad-number": (facts) =>
    t("{who} was not reached{when}: the number cannot be called.", facts),
  "outcome.not-permitted": (facts) =>
    t(
      "{who} was not called{when}: the provider does not permit the account to call this number.",
      facts,
    ),
  "outcome.lost": (facts) =>
    t("{who} was probably not called{when}: the provider knows nothing of the call.", facts),
  "outcome.expired": (facts) =>
    t("{who} was not called{when}: the deadline passed before the call could be dialled.", facts),
  "outcome.canceled": (facts) => t("The call to {who} was canceled{when}{by}.", facts),
  "refused.budget": (facts) =>
    t("{who} was not called{when}: the budget has no room for this call.", facts),
  "refused.do-not-call": (facts) =>
    t("{who} was not called{when}: the number is on the project's do-not-call list.", facts),
  // The advice says who has to allow them.
  "refused.number-type": (facts) =>
    t("{who} was not called{when}: {reason} in this project.", {
      ...facts,
      reason: facts.reason.replace(/ unless .*$/, ""),
    }),
  "refused.prefix": (facts) => t("{who} was not called{when}: {reason}.", facts),
  "refused.country": (facts) => t("{who} was not called{when}: {reason}.", facts),
  "refused.no-number": (facts) =>
    t("{who} was not called{when}: the project has no number to call from.", facts),
  "refused.alert-ended": (facts) =>
    t("The call to {who} was canceled{when}: its alert ended at the source.", facts),
  "refused.canceled-early": (facts) =>
    t("The call to {who} was canceled{when}{by}, before it was dialled.", facts),
  "refused.defect": (facts) =>
    t("{who} was not called{when}: call-log itself failed before anything was sent.", facts),
  "refused.other": (facts) => t("{who} was not called{when}: {reason}.", facts),
  "waits.scheduled": (facts) =>
    t("{who} will be called{when}: the call is scheduled for then.", facts),
  "waits.quiet-hours": (facts) =>
    t("{who} will be called{when}: it is quiet hours there, so the call waits.", facts),
  "waits.callee-often": (facts) =>
    t("{who} will be called{when}: the number was called often lately, so the call waits.", facts),
  "waits.provider-paused": (facts) =>
    t("{who} is not called yet: every provider that the call may go to is paused.", facts),
  "waits.from-number": (facts) =>
    t("{who} is not called yet: no provider lets the project call from its number.", facts),
  "waits.turn": (facts) =>
    t("{who} is not called yet: other calls go first at the provider.", facts),
  "waits.worker": (facts) => t("{who} is called in a moment: the call waits for a worker.", facts),
  "under-way.Dialing": (facts) => t("{who} is being called: the provider has the call.", facts),
  "under-way.Ringing": (facts) => t("{who} is being called: the phone rings.", facts),
  "under-way.In Progress": (facts) => t("{who} is being called: the call was answered.", facts),
  "under-way.Acknowledged": (facts) => t("{who} was reached{when}: {did}.", facts),
  "unknown.looking": (facts) =>
    t(
      "It is not known yet whether {who} was called: the provider's answer was lost, and call-log looks for the call there.",
      facts,
    ),
  "unknown.none": (facts) =>
    t(
      "It is not known whether {who} was called: the provider shows no such call, and a person has to decide.",
      facts,
    ),
  "unknown.several": (facts) =>
    t(
      "It is not known whether {who} was called: more than one call at the provider may be this one, and a person has to decide.",
      facts,
    ),
  "refused.never-placed": (facts) =>
    facts.by === ""
      ? t("{who} was not called{when}: the call was never placed, as a person found.", facts)
      : t("{who} was not called{when}: the call was never placed, as was found{by}.", facts),
  "waits.project-paused": (facts) =>
    facts.reason === ""
      ? t("{who} is not called yet: the project is paused.", facts)
      : t("{who} is not called yet: {reason}.", facts),
  imported: (facts) =>
    facts.reason === ""
      ? t("The call to {who}{when} was imported as {status}.", facts)
      : t("The call to {who}{when} was imported as {status}: {reason}.", facts),
  ended: (facts) =>
    facts.reason === ""
      ? t("{who} was not reached{when}.", facts)
      : t("{who} was not reached{when}: {reason}.", facts),
  "waits.retry": retryWords,
};

/** The sentence on what became of a call, in the active language. */
export function fateWords(name: FateName, facts: Facts): string {
  return SENTENCES[name](facts);
}

function retryWords(facts: Facts): string {
  const sentence =
    facts.reason === ""
      ? t("{who} was not reached yet.", facts)
      : t("{who} was not reached yet: {reason}.", facts);
  const next =
    facts.when === ""
      ? t("The next attempt is in a moment.")
      : t("The next attempt is{when}.", facts);
  return `${sentence} ${next}`;
}
