import { type CallStatus, type Filter, isFinalStatus, OPEN_STATUSES } from "@call-log/model";

const CANCELABLE = OPEN_STATUSES.filter((status) => status !== "Unknown");
/** Status of a call that reached somebody. */
const REACHED: CallStatus = "Completed";

/** Acts on many calls. */
export const BULK_ACTS = ["cancel", "retry"] as const;

/** An act on many calls. */
export type BulkAct = (typeof BULK_ACTS)[number];

/** Which calls an act is about, and whether "call again" includes those that reached somebody. */
export interface BulkScope {
  act: BulkAct;
  query: Filter;
  withReached: boolean;
}

/** Why calls of a status are left out. */
export type SkipReason = "unknown" | "over" | "open" | "reached";

/** Why an act leaves a call of this status out; undefined when it does not. */
export function skipReason(
  { act, withReached }: Pick<BulkScope, "act" | "withReached">,
  status: string,
): SkipReason | undefined {
  if (status === "Unknown") return "unknown";
  if (act === "cancel") return isFinalStatus(status) ? "over" : undefined;
  if (!isFinalStatus(status)) return "open";
  return status === REACHED && !withReached ? "reached" : undefined;
}

/** Filter of the calls that are not left out because of their status. */
export function touchedBy({ act, query, withReached }: BulkScope): Filter {
  const test =
    act === "cancel"
      ? ({ kind: "in", values: CANCELABLE } as const)
      : ({
          kind: "notIn",
          values: withReached ? OPEN_STATUSES : [...OPEN_STATUSES, REACHED],
        } as const);
  return { kind: "and", filters: [query, { kind: "leaf", path: "status", test }] };
}
