import type { WaitReason } from "../wait-reason.ts";
import type { FateEntry } from "./fate.ts";

const CAN_GO_NOW = {
  todo: "call-now",
  place: "call-now",
} as const;

/** Calls that wait, by what they wait for; `worker` for those that nothing holds. */
export const WAIT_FATES = {
  scheduled: {
    sentence: ({ who, when }) => `${who} will be called${when}: the call is scheduled for then.`,
    ...CAN_GO_NOW,
  },
  retry: {
    sentence: ({ who, when, reason }) =>
      reason === ""
        ? `${who} was not reached yet. The next attempt is${when || " in a moment"}.`
        : `${who} was not reached yet: ${reason}. The next attempt is${when || " in a moment"}.`,
    ...CAN_GO_NOW,
  },
  "quiet-hours": {
    sentence: ({ who, when }) =>
      `${who} will be called${when}: it is quiet hours there, so the call waits.`,
    ...CAN_GO_NOW,
  },
  "callee-often": {
    sentence: ({ who, when }) =>
      `${who} will be called${when}: the number was called often lately, so the call waits.`,
    ...CAN_GO_NOW,
  },
  "project-paused": {
    sentence: ({ who, reason }) =>
      `${who} is not called yet: ${reason === "" ? "the project is paused" : reason}.`,
    todo: "resume-project",
    place: "resume",
  },
  "provider-paused": {
    sentence: ({ who }) =>
      `${who} is not called yet: every provider that the call may go to is paused.`,
    todo: "resume-provider",
    place: "health",
  },
  "from-number": {
    sentence: ({ who }) =>
      `${who} is not called yet: no provider lets the project call from its number.`,
    todo: "give-accepted-number",
    place: "numbers",
  },
  turn: {
    sentence: ({ who }) => `${who} is not called yet: other calls go first at the provider.`,
    todo: "wait-for-turn",
  },
  worker: {
    sentence: ({ who }) => `${who} is called in a moment: the call waits for a worker.`,
    todo: "look-at-health",
    place: "health",
  },
} as const satisfies Record<WaitReason | "worker", FateEntry>;

/** Calls that are under way, by their status. */
export const UNDER_WAY_FATES = {
  Dialing: { sentence: ({ who }) => `${who} is being called: the provider has the call.` },
  Ringing: { sentence: ({ who }) => `${who} is being called: the phone rings.` },
  "In Progress": { sentence: ({ who }) => `${who} is being called: the call was answered.` },
  Acknowledged: { sentence: ({ who, when, did }) => `${who} was reached${when}: ${did}.` },
} as const satisfies Record<string, FateEntry>;

const LOOK_THERE = {
  todo: "look-then-resolve",
  place: "resolve",
} as const;

/** Calls of which nobody knows whether they were placed. */
export const UNKNOWN_FATES = {
  looking: {
    sentence: ({ who }) =>
      `It is not known yet whether ${who} was called: the provider's answer was lost, and call-log looks for the call there.`,
    ...LOOK_THERE,
  },
  none: {
    sentence: ({ who }) =>
      `It is not known whether ${who} was called: the provider shows no such call, and a person has to decide.`,
    ...LOOK_THERE,
  },
  several: {
    sentence: ({ who }) =>
      `It is not known whether ${who} was called: more than one call at the provider may be this one, and a person has to decide.`,
    ...LOOK_THERE,
  },
} as const satisfies Record<string, FateEntry>;

/** A call log that another program wrote, with a status of its own. */
export const IMPORTED_FATE: FateEntry = {
  sentence: ({ who, when, status, reason }) =>
    `The call to ${who}${when} was imported as ${status}${reason === "" ? "" : `: ${reason}`}.`,
};

/** A call that is over for a reason that is in no table, such as one of another version of call-log. */
export const ENDED_FATE: FateEntry = {
  sentence: ({ who, when, reason }) =>
    `${who} was not reached${when}${reason === "" ? "" : `: ${reason}`}.`,
  todo: "call-again-or-other",
  place: "call-again",
};
