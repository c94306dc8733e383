import { CALL_STATUS_NAMES, isFinalStatus, type QueryInput } from "@call-log/model";

import type { Outputs } from "../../api.ts";
import type { Selection } from "./use-selection.ts";

const OPEN = CALL_STATUS_NAMES.filter((status) => !isFinalStatus(status));
const CANCELABLE = OPEN.filter((status) => status !== "Unknown");

/** An action on many calls. */
export interface BulkAction {
  /** Text of the button. */
  label: string;
  /** The action on a number of calls: "cancel 3 calls". */
  doing: (calls: string) => string;
  done: (calls: string) => string;
  /** Why a call of this status is skipped; undefined if it is not. */
  reasonAgainst: (status: string) => string | undefined;
  /** Finds the calls that are not skipped. */
  query: QueryInput;
}

const UNKNOWN = "the provider may or may not have placed it";

/** Status of a call that reached somebody; such calls are repeated only on request. */
const REACHED = "Completed";

/** Why a call that reached somebody is skipped. */
export const REACHED_REASON = "reached somebody";

/** All actions on many calls. */
export const BULK_ACTIONS = {
  cancel: {
    label: "Cancel",
    doing: (calls) => `cancel ${calls}`,
    done: (calls) => `${calls} canceled`,
    reasonAgainst(status) {
      if (status === "Unknown") return UNKNOWN;
      return isFinalStatus(status) ? "already over" : undefined;
    },
    query: { status: { _type: "Includes", value: CANCELABLE } },
  },
  retry: {
    label: "Call again",
    doing: (calls) => `call ${calls} again`,
    done: (calls) => `${calls} called again`,
    reasonAgainst(status) {
      if (status === "Unknown") return UNKNOWN;
      if (status === REACHED) return REACHED_REASON;
      return isFinalStatus(status) ? undefined : "not over yet";
    },
    query: { status: { _type: "IncludesNone", value: [...OPEN, REACHED] } },
  },
} as const satisfies Record<string, BulkAction>;

/** Calls again, including calls that reached somebody. */
export const RETRY_REACHED_TOO: BulkAction = {
  ...BULK_ACTIONS.retry,
  reasonAgainst: (status) =>
    status === REACHED ? undefined : BULK_ACTIONS.retry.reasonAgainst(status),
  query: { status: { _type: "IncludesNone", value: OPEN } },
};

/** Name of an action on many calls. */
export type BulkActionName = keyof typeof BULK_ACTIONS;

/** Query of the selected calls, or of all that match the filters. */
export function scopeOf({ ids, isAll }: Selection, filters: QueryInput): QueryInput {
  return isAll ? filters : { _id: { _type: "Includes", value: [...ids] } };
}

/** How many calls an action affects, and how many it skips, by reason. */
export interface BulkPlan {
  touched: number;
  skipped: { reason: string; calls: number }[];
}

/** What an action will do, from the number of calls per status. */
export function planOf(
  { reasonAgainst }: BulkAction,
  statuses: readonly { key: string; calls: number }[],
): BulkPlan {
  const skipped = new Map<string, number>();
  let touched = 0;
  for (const { key, calls } of statuses) {
    const reason = reasonAgainst(key);
    if (reason === undefined) touched += calls;
    else skipped.set(reason, (skipped.get(reason) ?? 0) + calls);
  }
  return { touched, skipped: [...skipped].map(([reason, calls]) => ({ reason, calls })) };
}

/** Progress of an action. */
export interface BulkTally {
  /** Call logs for which the action was done; for "call again", the new ones. */
  done: readonly string[];
  /** Call logs that already repeated the call: nothing was dialled. */
  before: readonly string[];
  /** Number of refused calls, by the server's reason. */
  refused: Readonly<Record<string, number>>;
}

/** Before the first answer. */
export const NO_TALLY: BulkTally = { done: [], before: [], refused: {} };

/** The result for one call. */
export type BulkAnswer = Outputs["calls"]["cancelMany" | "retryMany"]["results"][number];

/** The tally plus these results. */
export function tallied(tally: BulkTally, answers: readonly BulkAnswer[]): BulkTally {
  const [done, before, refused] = [[...tally.done], [...tally.before], { ...tally.refused }];
  for (const answer of answers) {
    if (!answer.ok) refused[answer.error.message] = (refused[answer.error.message] ?? 0) + 1;
    else if ("repeated" in answer && answer.repeated) before.push(answer._id);
    else done.push(answer._id);
  }
  return { done, before, refused };
}

/** A number of calls as text. */
export function callsInWords(count: number): string {
  return count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`;
}

/** Text of the last button of "call again": how many numbers ring, and for how many calls if that differs. */
export function ringsInWords({ numbers, calls }: { numbers: number; calls: number }): string {
  const phones = numbers === 1 ? "1 number" : `${numbers.toLocaleString("en")} numbers`;
  return `Call ${phones} again${numbers === calls ? "" : `, for ${callsInWords(calls)}`}`;
}
