import type { CallOutcome } from "../call-outcome.ts";
import type { FateEntry } from "./fate.ts";

const AGAIN = {
  todo: "call-again-or-other",
  place: "call-again",
} as const;

/** Calls whose last attempt ended, by its outcome. */
export const OUTCOME_FATES = {
  reached: { sentence: ({ who, when, did }) => `${who} was reached${when}: ${did}.` },
  voicemail: {
    sentence: ({ who, when }) => `${who} was not reached${when}: an answering machine answered.`,
    ...AGAIN,
  },
  "not-acknowledged": {
    sentence: ({ who, when }) =>
      `${who} was not reached${when}: the call was answered, but nobody pressed the key that acknowledges it.`,
    ...AGAIN,
  },
  declined: {
    sentence: ({ who, when }) => `${who} was not reached${when}: the call was declined.`,
    todo: "call-other-or-again",
    place: "call-again",
  },
  busy: {
    sentence: ({ who, when }) => `${who} was not reached${when}: the line was busy.`,
    ...AGAIN,
  },
  "no-answer": {
    sentence: ({ who, when }) => `${who} was not reached${when}: nobody answered.`,
    ...AGAIN,
  },
  failed: {
    sentence: ({ who, when }) => `${who} was not reached${when}: the call failed on its way.`,
    todo: "call-again-then-look",
    place: "carrier",
  },
  throttled: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the provider was not able to take the call.`,
    todo: "slow-down",
    place: "call-again",
  },
  "from-number": {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the provider does not let the project call from its number.`,
    todo: "check-from-number",
    place: "numbers",
  },
  account: {
    sentence: ({ who, when }) => `${who} was not called${when}: the provider refused the account.`,
    todo: "check-account",
    place: "carrier",
  },
  configuration: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the account or its number at the provider is not set up for this call.`,
    todo: "check-account-and-number",
    place: "carrier",
  },
  "too-long": {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the text is longer than the provider takes.`,
    todo: "shorten-text",
    place: "new-call",
  },
  defect: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: call-log itself failed before anything was sent.`,
    todo: "report-defect",
    place: "health",
  },
  "bad-number": {
    sentence: ({ who, when }) => `${who} was not reached${when}: the number cannot be called.`,
    todo: "check-number",
    place: "new-call",
  },
  "not-permitted": {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the provider does not permit the account to call this number.`,
    todo: "allow-at-provider",
    place: "carrier",
  },
  lost: {
    sentence: ({ who, when }) =>
      `${who} was probably not called${when}: the provider knows nothing of the call.`,
    todo: "look-then-call-again",
    place: "carrier",
  },
  expired: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the deadline passed before the call could be dialled.`,
    todo: "later-deadline",
    place: "call-again",
  },
  canceled: {
    sentence: ({ who, when, by }) => `The call to ${who} was canceled${when}${by}.`,
    ...AGAIN,
  },
} as const satisfies Record<CallOutcome, FateEntry>;
