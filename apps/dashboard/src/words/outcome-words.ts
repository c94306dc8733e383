import type { CallOutcome } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Each outcome of an attempt. */
const WORDINGS: Readonly<Record<CallOutcome, () => string>> = {
  reached: () => tIn("outcome", "Reached as requested"),
  voicemail: () => tIn("outcome", "A machine answered"),
  "not-acknowledged": () =>
    tIn("outcome", "Answered, but nobody pressed the digit that acknowledges"),
  declined: () => tIn("outcome", "The callee declined the call"),
  busy: () => tIn("outcome", "The line was busy"),
  "no-answer": () => tIn("outcome", "Nobody answered"),
  failed: () => tIn("outcome", "The call failed on its way"),
  throttled: () =>
    tIn("outcome", "The provider was not able to take the call; nothing was dialled"),
  "from-number": () =>
    tIn("outcome", "The provider does not let us call from this number; nothing was dialled"),
  account: () => tIn("outcome", "The provider refused our account; nothing was dialled"),
  configuration: () =>
    tIn("outcome", "Our account or number at the provider is not set up for this call"),
  "too-long": () =>
    tIn("outcome", "More is to be said than the provider takes; nothing was dialled"),
  defect: () => tIn("outcome", "Our own code failed before anything was sent; nothing was dialled"),
  "bad-number": () => tIn("outcome", "The number cannot be called"),
  "not-permitted": () => tIn("outcome", "The account is not permitted to call this number"),
  lost: () => tIn("outcome", "The provider knows nothing of this attempt"),
  expired: () => tIn("outcome", "Its deadline passed right before it was dialled"),
  canceled: () => tIn("outcome", "Canceled"),
};

/** Each outcome after a colon, inside a sentence. */
const IN_SENTENCES: Readonly<Record<CallOutcome, () => string>> = {
  reached: () => tIn("outcome", "reached as requested"),
  voicemail: () => tIn("outcome", "a machine answered"),
  "not-acknowledged": () =>
    tIn("outcome", "answered, but nobody pressed the digit that acknowledges"),
  declined: () => tIn("outcome", "the callee declined the call"),
  busy: () => tIn("outcome", "the line was busy"),
  "no-answer": () => tIn("outcome", "nobody answered"),
  failed: () => tIn("outcome", "the call failed on its way"),
  throttled: () =>
    tIn("outcome", "the provider was not able to take the call; nothing was dialled"),
  "from-number": () =>
    tIn("outcome", "the provider does not let us call from this number; nothing was dialled"),
  account: () => tIn("outcome", "the provider refused our account; nothing was dialled"),
  configuration: () =>
    tIn("outcome", "our account or number at the provider is not set up for this call"),
  "too-long": () =>
    tIn("outcome", "more is to be said than the provider takes; nothing was dialled"),
  defect: () => tIn("outcome", "our own code failed before anything was sent; nothing was dialled"),
  "bad-number": () => tIn("outcome", "the number cannot be called"),
  "not-permitted": () => tIn("outcome", "the account is not permitted to call this number"),
  lost: () => tIn("outcome", "the provider knows nothing of this attempt"),
  expired: () => tIn("outcome", "its deadline passed right before it was dialled"),
  canceled: () => tIn("outcome", "canceled"),
};

/** An outcome of an attempt in the active language; one of another release stays as it is. */
export function outcomeWording(outcome: string): string {
  return Object.hasOwn(WORDINGS, outcome) ? WORDINGS[outcome as CallOutcome]() : outcome;
}

/** An outcome after a colon, inside a sentence: `the line was busy`. */
export function outcomeInSentence(outcome: CallOutcome): string {
  return IN_SENTENCES[outcome]();
}
