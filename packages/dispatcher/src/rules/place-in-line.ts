import type { CallRecord } from "@call-log/model";

import { currentAttempt } from "./attempts.ts";
import { WAITS } from "./deadline-end.ts";

/** Whether a due attempt comes at a time that it was told: for its turn, or as a retry. It has its place, and does not stand behind those that are new. */
export function comesBack(record: CallRecord): boolean {
  const { waitsFor, heldAt } = record;
  return currentAttempt(record).number > 1 || (waitsFor === "turn" && heldAt !== undefined);
}

/** A call that is put into the backlog, with what it says of its wait; one that comes back says it already. */
export function withWaitInLine(record: CallRecord) {
  const { _id, revision, deadlineAt } = record;
  const wait = { waitsFor: "turn", statusMessage: `${WAITS}for its turn` } as const;
  return { _id, revision, deadlineAt, wait: comesBack(record) ? undefined : wait };
}
