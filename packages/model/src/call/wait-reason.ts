/** What a reason to wait means. */
export interface WaitReasonEntry {
  wording: string;
  /** Whether a person may place the call now in spite of it; if not, what ends the wait. */
  callNow: true | string;
}

/** Why a call waits. `docs/reference/waiting.md` is held to this table. */
export const WAIT_REASONS = {
  scheduled: { wording: "It is scheduled for later", callNow: true },
  retry: { wording: "Its next attempt comes after a wait", callNow: true },
  "quiet-hours": { wording: "It is the project's quiet hours at the callee's", callNow: true },
  "callee-often": { wording: "Its number was called often lately", callNow: true },
  "project-paused": { wording: "The project is paused", callNow: "resume the project" },
  "provider-paused": {
    wording: "Every provider that it may go to is paused",
    callNow: "an operator has to resume the provider",
  },
  "from-number": {
    wording: "No provider lets the project call from its number",
    callNow: "give the project a number that the provider takes",
  },
  turn: {
    wording: "Other calls go first at the provider",
    callNow: "it goes when its turn comes; an emergency goes first",
  },
} as const satisfies Record<string, WaitReasonEntry>;

/** Why a call waits. */
export type WaitReason = keyof typeof WAIT_REASONS;

/** All reasons to wait. */
export const WAIT_REASON_NAMES = Object.keys(WAIT_REASONS) as [WaitReason, ...WaitReason[]];

/**
 * Which waits a change of a project's setting may end. A setting that is not here defers no calls: it refuses or admits
 * them.
 */
const ENDED_BY: Readonly<Record<string, readonly WaitReason[]>> = {
  quietHours: ["quiet-hours"],
  calleeLimits: ["callee-often"],
  callsPerSecond: ["turn"],
  providerChain: ["provider-paused", "turn"],
  paused: ["project-paused"],
  operatorPause: ["project-paused"],
};

/** The waits that a change of these fields of a project may end. */
export function waitsEndedBy(fields: readonly string[]): WaitReason[] {
  const reasons = fields.flatMap((field) =>
    Object.hasOwn(ENDED_BY, field) ? ENDED_BY[field]! : [],
  );
  return [...new Set(reasons)];
}
