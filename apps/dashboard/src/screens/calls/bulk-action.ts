import type { QueryInput } from "@call-log/model";

import type { Outputs } from "../../api.ts";
import { t } from "../../language/translate.ts";
import type { Selection } from "./use-selection.ts";

/** What an act on many calls would do, as the server plans it. */
export type BulkPlan = Outputs["bulk"]["plan"];

/** What one step of an act did. */
export type BulkStep = Outputs["bulk"]["run"];

/** An action on many calls. */
export interface BulkAction {
  /** Text of the button. */
  label: string;
  /** What it does to a number of calls, as a sentence. */
  doing: (calls: number) => string;
  /** What that means for a call, by what it does now; absent where the plan tells it. */
  means?: string;
  /** What it did to a number of calls. */
  done: (calls: number) => string;
}

/** All actions on many calls. */
export const BULK_ACTIONS = {
  cancel: {
    label: t("Cancel"),
    doing: (calls) =>
      t("This will cancel {calls, plural, one {# call} other {# calls}}.", { calls }),
    means: t(
      "A call that waits is not dialled, a ringing phone stops, and an answered call is hung up. No further attempt follows.",
    ),
    done: (calls) => t("{calls, plural, one {# call} other {# calls}} canceled", { calls }),
  },
  retry: {
    label: t("Call again"),
    doing: (calls) =>
      t("This will call {calls, plural, one {# call} other {# calls}} again.", { calls }),
    done: (calls) => t("{calls, plural, one {# call} other {# calls}} called again", { calls }),
  },
} as const satisfies Record<string, BulkAction>;

/** Name of an action on many calls. */
export type BulkActionName = keyof typeof BULK_ACTIONS;

/** Why calls of a status are skipped. */
export const SKIP_WORDS = {
  unknown: t("the provider may or may not have placed it"),
  over: t("already over"),
  open: t("not over yet"),
  reached: t("reached somebody"),
} satisfies Record<BulkPlan["skipped"][number]["reason"], string>;

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
  return t("{count, plural, one {# call} other {# calls}}", { count });
}

/** Calls that an action is about to touch, at least; for "call again" without those that would be refused, where all were looked at. */
export function countOf({ matching, looked, retry }: BulkPlan): number {
  return retry !== null && looked === matching ? retry.calls : matching;
}

/** Text of the last button: what it does, to how many. */
export function goLabel(act: BulkActionName, plan: BulkPlan): string {
  const count = countOf(plan);
  if (plan.countedFrom !== null)
    return act === "cancel"
      ? t("Cancel {count, number} calls or more", { count })
      : t("Call {count, number} calls or more again", { count });
  if (act === "cancel") return t("Cancel {count, plural, one {# call} other {# calls}}", { count });
  const { retry, looked, matching } = plan;
  if (retry === null || looked !== matching)
    return t("Call up to {count, plural, one {# call} other {# calls}} again", { count });
  const { numbers } = retry;
  if (numbers === count)
    return t("Call {numbers, plural, one {# number} other {# numbers}} again", { numbers });
  return t(
    "Call {numbers, plural, one {# number} other {# numbers}} again, for {count, plural, one {# call} other {# calls}}",
    { numbers, count },
  );
}
