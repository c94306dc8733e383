import type { Urgency } from "../dispatch-context.ts";
import type { CallQueue, QueuedJob } from "./call-queue.ts";

/** Adds jobs as far as the queue has room for them. */
export type BoundedAdder = (jobs: readonly QueuedJob[], urgency: Urgency) => Promise<void>;

/** Part of the room that batches and repeats leave to single new calls. */
const SHARE_OF_MANY = 0.5;
/** Jobs that are added together hold everything else up, also what other clients ask for. */
const JOBS_AT_A_TIME = 20;

/**
 * Keep a queue below `most` jobs, for a Redis that gets slow with many. What finds no room is not added: the sweeper adds it later. Half of
 * the room is for single new calls alone, so that a large batch does not keep them waiting. Holds for one adding process.
 */
export function boundedAdder(queue: Pick<CallQueue, "add" | "size">, most: number): BoundedAdder {
  let before: Promise<unknown> = Promise.resolve();
  const addInTurn = async (jobs: readonly QueuedJob[], urgency: Urgency) => {
    const isSingle = urgency === "new" && jobs.length === 1;
    const room = (isSingle ? most : most * SHARE_OF_MANY) - (await queue.size());
    const added = jobs.slice(0, Math.max(0, room));
    for (let at = 0; at < added.length; at += JOBS_AT_A_TIME)
      await queue.add(added.slice(at, at + JOBS_AT_A_TIME));
  };
  return (jobs, urgency) => {
    const adding = before.then(() => addInTurn(jobs, urgency));
    // Its own caller hears of a failure; the next one only waits for its end.
    before = adding.catch(() => undefined);
    return adding;
  };
}
