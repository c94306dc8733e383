import type { Urgency } from "../dispatch-context.ts";
import type { CallQueue, QueuedJob } from "./call-queue.ts";
import { createTurns } from "./turns.ts";

/** Adds jobs as far as the queue has room for them. */
export type BoundedAdder = (jobs: readonly QueuedJob[], urgency: Urgency) => Promise<void>;

/** Part of the room that batches and repeats leave to single new calls. */
const SHARE_OF_MANY = 0.5;
/** Jobs that are added together hold everything else up, also what other clients ask for. */
const JOBS_AT_A_TIME = 20;

/**
 * Keep a queue below `most` jobs, for a Redis that gets slow with many. What finds no room is not added: the sweeper adds it later. Half of
 * the room is for single new calls alone, and they go between the parts of a batch, so that it does not keep them waiting. Holds for one adding process.
 */
export function boundedAdder(queue: Pick<CallQueue, "add" | "size">, most: number): BoundedAdder {
  const turns = createTurns();
  const addPart = async (part: readonly QueuedJob[], isSingle: boolean) => {
    const room = (isSingle ? most : most * SHARE_OF_MANY) - (await queue.size());
    const added = part.slice(0, Math.max(0, room));
    if (added.length > 0) await queue.add(added);
    return added.length === part.length;
  };
  return async (jobs, urgency) => {
    const isSingle = urgency === "new" && jobs.length === 1;
    let hasRoom = true;
    for (let at = 0; at < jobs.length && hasRoom; at += JOBS_AT_A_TIME) {
      const part = jobs.slice(at, at + JOBS_AT_A_TIME);
      hasRoom = await turns(() => addPart(part, isSingle), isSingle);
    }
  };
}
