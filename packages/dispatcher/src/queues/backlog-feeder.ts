import type { BackloggedAttempt } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { DelayedDispatch } from "../context/job-queue.ts";
import { errorFields } from "../context/log.ts";
import type { Limiter } from "../limiter/limiter.ts";
import type { Closing } from "./queue-worker.ts";

/** How often the backlog is checked while there is one, in milliseconds. */
const EVERY_MS = 1000;
/** Rounds of `EVERY_MS` after which a process that knows of no backlog looks for one. */
const ROUNDS_BETWEEN_LOOKS = 5;
/** Jobs that a process does before it looks for more in the backlog. */
const JOBS_BETWEEN_ROUNDS = 20;
/** Most attempts of a round: what becomes of them is known before many more of their kind are added. */
const MOST_A_ROUND = 50;

/** Moves attempts from the backlog to the queue as it gets capacity. */
export interface BacklogFeeder extends Closing {
  /** A dispatch job is done, so the queue may have capacity. */
  jobDone(): void;
}

type FeederContext = Pick<DispatchContext, "backlog" | "jobQueue" | "now" | "log"> & {
  limiter: Pick<Limiter, "enoughWaiting">;
};

/** Start moving attempts until it is closed; any number of processes may. */
export function startBacklogFeeder(context: FeederContext): BacklogFeeder {
  const { jobQueue, log } = context;
  let [done, rounds] = [0, 0];
  let underWay: Promise<void> | undefined;
  const run = () => {
    underWay ??= feedQueue(context)
      .catch((error: unknown) => log.warn(errorFields(error), "the backlog has to wait"))
      .finally(() => {
        underWay = undefined;
      });
  };
  const timer = setInterval(() => {
    rounds += 1;
    if (jobQueue.hasBacklog || rounds % ROUNDS_BETWEEN_LOOKS === 0) run();
  }, EVERY_MS);
  run();
  return {
    jobDone() {
      done += 1;
      if (!jobQueue.hasBacklog || done < JOBS_BETWEEN_ROUNDS) return;
      done = 0;
      run();
    },
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/**
 * Move attempts from the backlog for which the queue has capacity and that may find a turn. A crash after the jobs are added only adds them
 * again.
 */
export async function feedQueue({ backlog, jobQueue, limiter, now }: FeederContext): Promise<void> {
  if ((await backlog.size()) === 0) {
    jobQueue.hasBacklog = false;
    return;
  }
  jobQueue.hasBacklog = true;
  const room = await jobQueue.room();
  if (room === 0) return;
  const time = now();
  const next = await backlog.next(time, {
    limit: Math.min(room, MOST_A_ROUND),
    leaveOut: limiter.enoughWaiting(time),
  });
  const left = await jobQueue.addDispatches(next.map(dispatchOf), "backlog");
  const stay = new Set(left.map(({ attemptId }) => attemptId));
  await backlog.remove(next.flatMap(({ attemptId }) => (stay.has(attemptId) ? [] : attemptId)));
}

function dispatchOf(attempt: BackloggedAttempt): DelayedDispatch {
  const { attemptId, projectId, callLogId, attemptNumber, priority, traceparent } = attempt;
  const job = { projectId, callLogId, attemptNumber };
  const goesFirst = priority === "emergency" && ({ goesFirst: true } as const);
  return { attemptId, job, delayMs: 0, traceparent, ...goesFirst };
}
