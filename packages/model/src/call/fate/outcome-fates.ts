import type { CallOutcome } from "../call-outcome.ts";
import type { FateEntry } from "./fate.ts";

const AGAIN = {
  todo: "Call again, or call somebody else.",
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
    todo: "Call somebody else, or call again.",
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
    todo: "Call again. If it fails again, look at the call in the provider's console.",
    place: "carrier",
  },
  throttled: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the provider was not able to take the call.`,
    todo: "Lower the calls per second in the settings, or ask the provider for more, then call again.",
    place: "call-again",
  },
  "from-number": {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the provider does not let the project call from its number.`,
    todo: "Check at the provider whether the account may call from this number, or give the project another number.",
    place: "numbers",
  },
  account: {
    sentence: ({ who, when }) => `${who} was not called${when}: the provider refused the account.`,
    todo: "Check the account, its token and its balance at the provider, then call again.",
    place: "carrier",
  },
  configuration: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the account or its number at the provider is not set up for this call.`,
    todo: "Check the account, its token and the number to call from at the provider, then call again.",
    place: "carrier",
  },
  "too-long": {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the text is longer than the provider takes.`,
    todo: "Place a new call with a shorter text.",
    place: "new-call",
  },
  defect: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: call-log itself failed before anything was sent.`,
    todo: "Report this as a defect of call-log. The log of the worker has the error under the attempt's id.",
    place: "health",
  },
  "bad-number": {
    sentence: ({ who, when }) => `${who} was not reached${when}: the number cannot be called.`,
    todo: "Check the number, then place a new call.",
    place: "new-call",
  },
  "not-permitted": {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the provider does not permit the account to call this number.`,
    todo: "Allow calls to this country or number at the provider, then call again.",
    place: "carrier",
  },
  lost: {
    sentence: ({ who, when }) =>
      `${who} was probably not called${when}: the provider knows nothing of the call.`,
    todo: "Look for the call in the provider's console. If it is not there, call again.",
    place: "carrier",
  },
  expired: {
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the deadline passed before the call could be dialled.`,
    todo: "Place a new call with a later deadline, or call again without one.",
    place: "call-again",
  },
  canceled: {
    sentence: ({ who, when, by }) => `The call to ${who} was canceled${when}${by}.`,
    ...AGAIN,
  },
} as const satisfies Record<CallOutcome, FateEntry>;
