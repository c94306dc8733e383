import type { QueryInput } from "@call-log/model";

import type { Outputs } from "../../api.ts";
import type { Selection } from "./use-selection.ts";

/** What an act on many calls would do, as the server plans it. */
export type BulkPlan = Outputs["bulk"]["plan"];

/** What one step of an act did. */
export type BulkStep = Outputs["bulk"]["run"];

/** An action on many calls. */
export interface BulkAction {
  /** Text of the button. */
  label: string;
  /** The action on a number of calls: "cancel 3 calls". */
  doing: (calls: string) => string;
  done: (calls: string) => string;
}

/** All actions on many calls. */
export const BULK_ACTIONS = {
  cancel: {
    label: "Cancel",
    doing: (calls) => `cancel ${calls}`,
    done: (calls) => `${calls} canceled`,
  },
  retry: {
    label: "Call again",
    doing: (calls) => `call ${calls} again`,
    done: (calls) => `${calls} called again`,
  },
} as const satisfies Record<string, BulkAction>;

/** Name of an action on many calls. */
export type BulkActionName = keyof typeof BULK_ACTIONS;

/** Why calls of a status are skipped. */
export const SKIP_WORDS = {
  unknown: "the provider may or may not have placed it",
  over: "already over",
  open: "not over yet",
  reached: "reached somebody",
} as const satisfies Record<BulkPlan["skipped"][number]["reason"], string>;

/** Query of the selected calls, or of all that match the filters. */
export function scopeOf({ ids, isAll }: Selection, filters: QueryInput): QueryInput {
  return isAll ? filters : { _id: { _type: "Includes", value: [...ids] } };
}

/** Progress of an action. */
export interface BulkTally {
  /** Call logs for which the action was done; for "call again", the new ones. */
  done: readonly string[];
  /** Call logs that already repeated the call: nothing was dialled. */
  before: readonly string[];
  /** Refused calls by the server's reason: how many, and the first of them. */
  refused: Readonly<Record<string, { calls: number; ids: readonly string[] }>>;
  /** First time at which one of the new calls is dialled, in ISO 8601. */
  startsAt: string | null;
}

/** Before the first answer. */
export const NO_TALLY: BulkTally = { done: [], before: [], refused: {}, startsAt: null };

/** The tally plus what one more step did. */
export function tallied(tally: BulkTally, step: BulkStep): BulkTally {
  const refused = { ...tally.refused };
  for (const { reason, calls, ids } of step.refused) {
    const known = refused[reason];
    refused[reason] = { calls: (known?.calls ?? 0) + calls, ids: [...(known?.ids ?? []), ...ids] };
  }
  const starts = [tally.startsAt, step.done.length > 0 ? step.startsAt : null];
  return {
    done: [...tally.done, ...step.done],
    before: [...tally.before, ...step.before],
    refused,
    startsAt: starts.filter((at) => at !== null).toSorted()[0] ?? null,
  };
}

/** Calls with an answer, whatever it is. */
export function answeredOf({ done, before, refused }: BulkTally): number {
  const refusals = Object.values(refused).reduce((sum, { calls }) => sum + calls, 0);
  return done.length + before.length + refusals;
}

/** A number of calls as text. */
export function callsInWords(count: number): string {
  return count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`;
}

/** Calls that an action is about to touch; for "call again" without those that would be refused, where all were looked at. */
export function countOf({ matching, looked, retry }: BulkPlan): number {
  return retry !== null && looked === matching ? retry.calls : matching;
}

/** Text of the last button: what it does, to how many. */
export function goLabel(act: BulkActionName, plan: BulkPlan): string {
  const count = countOf(plan);
  if (act === "cancel") return `Cancel ${callsInWords(count)}`;
  const { retry, looked, matching } = plan;
  if (retry === null || looked !== matching) return `Call up to ${callsInWords(count)} again`;
  const numbers = retry.numbers;
  const phones = numbers === 1 ? "1 number" : `${numbers.toLocaleString("en")} numbers`;
  return `Call ${phones} again${numbers === count ? "" : `, for ${callsInWords(count)}`}`;
}
