import { CALL_STATUS_NAMES, isFinalStatus, type QueryInput } from "@call-log/model";

import type { Selection } from "./use-selection.ts";

const OPEN = CALL_STATUS_NAMES.filter((status) => !isFinalStatus(status));
const CANCELABLE = OPEN.filter((status) => status !== "Unknown");

/** Something that is done with many calls. */
export interface BulkAct {
  /** What the button says. */
  label: string;
  /** What is done, of a number of calls: "cancel 3 calls". */
  doing: (calls: string) => string;
  done: (calls: string) => string;
  /** Why a call of this status is left out; undefined when it is not. */
  reasonAgainst: (status: string) => string | undefined;
  /** Finds what is not left out. */
  query: QueryInput;
}

const UNKNOWN = "the provider may or may not have placed it";

/** Status of a call that reached somebody, who is not called again unless that is asked for. */
const REACHED = "Completed";

/** Why a call that reached somebody is left out. */
export const REACHED_REASON = "reached somebody";

/** Everything that can be done with many calls. */
export const BULK_ACTS = {
  cancel: {
    label: "Cancel",
    doing: (calls) => `cancel ${calls}`,
    done: (calls) => `${calls} canceled`,
    reasonAgainst(status) {
      if (status === "Unknown") return UNKNOWN;
      return isFinalStatus(status) ? "over already" : undefined;
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
} as const satisfies Record<string, BulkAct>;

/** Calling again those too that reached somebody. */
export const RETRY_REACHED_TOO: BulkAct = {
  ...BULK_ACTS.retry,
  reasonAgainst: (status) =>
    status === REACHED ? undefined : BULK_ACTS.retry.reasonAgainst(status),
  query: { status: { _type: "IncludesNone", value: OPEN } },
};

/** Name of something that is done with many calls. */
export type BulkActName = keyof typeof BULK_ACTS;

/** The calls of a selection, within those that the filters show. */
export function scopeOf({ ids, isAll }: Selection, filters: QueryInput): QueryInput {
  return isAll ? filters : { _id: { _type: "Includes", value: [...ids] } };
}

/** How many calls an act touches, and how many it leaves out, by the reason. */
export interface BulkPlan {
  touched: number;
  skipped: { reason: string; calls: number }[];
}

/** What an act will do with calls of which there are so many of each status. */
export function planOf(
  { reasonAgainst }: BulkAct,
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

/** How an act has gone so far. */
export interface BulkTally {
  /** Call logs that something was done for; of one that was called again, the new one. */
  done: readonly string[];
  /** Call logs that were made for the same before: nothing was dialled. */
  before: readonly string[];
  /** How many were refused, by the server's reason. */
  refused: Readonly<Record<string, number>>;
}

/** Nothing has been done yet. */
export const NO_TALLY: BulkTally = { done: [], before: [], refused: {} };

/** An answer to one of many. */
export type BulkAnswer =
  | { ok: true; _id: string; repeated?: boolean }
  | { ok: false; error: { message: string } };

/** The tally with more answers. */
export function tallied(tally: BulkTally, answers: readonly BulkAnswer[]): BulkTally {
  const [done, before, refused] = [[...tally.done], [...tally.before], { ...tally.refused }];
  for (const answer of answers) {
    if (!answer.ok) refused[answer.error.message] = (refused[answer.error.message] ?? 0) + 1;
    else if (answer.repeated === true) before.push(answer._id);
    else done.push(answer._id);
  }
  return { done, before, refused };
}

/** A number of calls in words. */
export function callsInWords(count: number): string {
  return count === 1 ? "1 call" : `${count.toLocaleString("en")} calls`;
}

/** What the last button of calling again says: how many numbers ring, and for how many calls where that is another number. */
export function ringsInWords({ numbers, calls }: { numbers: number; calls: number }): string {
  const phones = numbers === 1 ? "1 number" : `${numbers.toLocaleString("en")} numbers`;
  return `Call ${phones} again${numbers === calls ? "" : `, for ${callsInWords(calls)}`}`;
}
