import type { FateEntry } from "./fate.ts";

interface RefusalEntry extends FateEntry {
  /** The messages of calls that were refused for this reason. */
  message: RegExp;
}

/** Calls that call-log itself refused or ended before a dial, by the message on the call. The first that matches counts. */
export const REFUSAL_FATES = {
  budget: {
    message: /^Not dialled: [\d.]+ USD do not fit/,
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the budget has no room for this call.`,
    todo: "raise-budget",
    place: "budget",
  },
  "do-not-call": {
    message: /do-not-call list/,
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the number is on the project's do-not-call list.`,
    todo: "take-off-list",
    place: "do-not-call",
  },
  "number-type": {
    message: /^Not dialled: toNumber: .* numbers are not called unless/,
    sentence: ({ who, when, reason }) =>
      `${who} was not called${when}: ${reason.replace(/ unless .*$/, "")} in this project.`,
    todo: "allow-number-type",
    place: "numbers",
  },
  prefix: {
    message: /^Not dialled: toNumber: numbers that begin with/,
    sentence: ({ who, when, reason }) => `${who} was not called${when}: ${reason}.`,
    todo: "unblock-prefix",
    place: "numbers",
  },
  country: {
    message: /^Not dialled: toNumber: calls to/,
    sentence: ({ who, when, reason }) => `${who} was not called${when}: ${reason}.`,
    todo: "allow-country",
    place: "numbers",
  },
  "no-number": {
    message: /^Not dialled: the project has no number to call from/,
    sentence: ({ who, when }) =>
      `${who} was not called${when}: the project has no number to call from.`,
    todo: "give-number",
    place: "numbers",
  },
  "never-placed": {
    message: /^A person found that it was never placed/,
    sentence: ({ who, when, by }) =>
      `${who} was not called${when}: the call was never placed, as ${by === "" ? "a person found" : `was found${by}`}.`,
    todo: "call-again",
    place: "call-again",
  },
  "alert-ended": {
    message: /^Canceled: its alert was /,
    sentence: ({ who, when }) =>
      `The call to ${who} was canceled${when}: its alert ended at the source.`,
  },
  "canceled-early": {
    message: /^Canceled before it was dialled/,
    sentence: ({ who, when, by }) =>
      `The call to ${who} was canceled${when}${by}, before it was dialled.`,
    todo: "call-again-if-needed",
    place: "call-again",
  },
  defect: {
    message: /^Our own code failed before anything was sent/,
    sentence: ({ who, when }) =>
      `${who} was not called${when}: call-log itself failed before anything was sent.`,
    todo: "report-defect",
    place: "health",
  },
  other: {
    message: /^Not dialled: /,
    sentence: ({ who, when, reason }) => `${who} was not called${when}: ${reason}.`,
    todo: "change-reason",
    place: "call-again",
  },
} as const satisfies Record<string, RefusalEntry>;

/** Why call-log itself did not dial. */
export type RefusalName = keyof typeof REFUSAL_FATES;

/** Why call-log did not dial, by the message on the call; undefined for another message. */
export function refusalOf(message: string): RefusalName | undefined {
  const found = Object.entries(REFUSAL_FATES).find(([, entry]) => entry.message.test(message));
  return found?.[0] as RefusalName | undefined;
}
