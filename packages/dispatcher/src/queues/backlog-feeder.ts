import type { BackloggedAttempt, BacklogRange } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { DelayedDispatch } from "../context/job-queue.ts";
import { errorFields } from "../context/log.ts";
import { nameOfClass } from "../limiter/limiter.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { type FeedPaces, nextPaces } from "./feed-pace.ts";
import type { Closing } from "./queue-worker.ts";

/** How often the backlog is checked while there is one, in milliseconds. */
const EVERY_MS = 1000;
/** Rounds of `EVERY_MS` after which a process that knows of no backlog looks for one. */
const ROUNDS_BETWEEN_LOOKS = 5;
/** Attempts that a process is done with before it looks for more in the backlog. */
const ATTEMPTS_BETWEEN_ROUNDS = 20;
/** Most attempts of a round, whose calls are one write. */
const MOST_A_ROUND = 500;

/** Moves attempts from the backlog to the queue as it gets capacity. */
export interface BacklogFeeder extends Closing {
  /** A dispatch job is done with its attempt, so the queue may have capacity. */
  attemptDone(): void;
}

type FeederContext = Pick<
  DispatchContext,
  "calls" | "backlog" | "jobQueue" | "limiter" | "settings" | "now" | "log"
>;

/** Start moving attempts until it is closed; any number of processes may. */
export function startBacklogFeeder(context: FeederContext): BacklogFeeder {
  const { jobQueue, log } = context;
  const feed = createFeed(context);
  let [done, rounds, isNewSecond] = [0, 0, true];
  let underWay: Promise<void> | undefined;
  const run = () => {
    if (underWay !== undefined) return;
    underWay = feed(isNewSecond)
      .catch((error: unknown) => log.warn(errorFields(error), "the backlog has to wait"))
      .finally(() => {
        underWay = undefined;
      });
    isNewSecond = false;
  };
  const timer = setInterval(() => {
    rounds += 1;
    isNewSecond = true;
    if (jobQueue.hasBacklog || rounds % ROUNDS_BETWEEN_LOOKS === 0) run();
  }, EVERY_MS);
  run();
  return {
    attemptDone() {
      done += 1;
      if (!jobQueue.hasBacklog || done < ATTEMPTS_BETWEEN_ROUNDS) return;
      done = 0;
      run();
    },
    async close() {
      clearInterval(timer);
      await underWay;
    },
  };
}

/** One round: moves as much of the backlog as the queue has capacity for, of classes whose next turn is far off only a few a second. */
export type Feed = (isNewSecond: boolean) => Promise<void>;

/** The rounds of one process. */
export function createFeed(context: FeederContext): Feed {
  const { backlog, jobQueue, limiter, now } = context;
  let paces: FeedPaces = new Map();

  async function mostOfClass(isNewSecond: boolean): Promise<BacklogRange["mostOf"]> {
    const farOff = await limiter.farOff(now());
    if (isNewSecond) paces = nextPaces(paces, farOff);
    const held = new Set([...paces.keys(), ...farOff.map(nameOfClass)]);
    return (asked) => {
      const name = nameOfClass(asked);
      if (!held.has(name)) return Infinity;
      return isNewSecond ? paces.get(name)! : 0;
    };
  }

  return async (isNewSecond) => {
    if ((await backlog.size()) === 0) {
      jobQueue.hasBacklog = false;
      paces = new Map();
      return;
    }
    jobQueue.hasBacklog = true;
    const [room, mostOf] = await Promise.all([jobQueue.room(), mostOfClass(isNewSecond)]);
    if (room === 0) return;
    await enqueue(
      context,
      await backlog.next(now(), { limit: Math.min(room, MOST_A_ROUND), mostOf }),
    );
  };
}

// A crash after the jobs are added only adds them again.
async function enqueue(
  { calls, backlog, jobQueue, settings, now }: FeederContext,
  attempts: readonly BackloggedAttempt[],
): Promise<void> {
  const ids = attempts.map(({ callLogId }) => callLogId);
  // Redis may lose a job, the backlog loses no attempt: from now on the sweeper looks at the call.
  await calls.wakeBy(ids, secondsAfter(now(), settings.requeueAfterSeconds));
  const left = await jobQueue.addDispatches(attempts.map(dispatchOf), "backlog");
  const stay = new Set(left.map(({ attemptId }) => attemptId));
  await backlog.remove(attempts.flatMap(({ attemptId }) => (stay.has(attemptId) ? [] : attemptId)));
}

function dispatchOf(attempt: BackloggedAttempt): DelayedDispatch {
  const { attemptId, projectId, callLogId, attemptNumber, priority, traceparent } = attempt;
  const job = { projectId, callLogId, attemptNumber };
  const goesFirst = priority === "emergency" && ({ goesFirst: true } as const);
  return { attemptId, job, delayMs: 0, traceparent, ...goesFirst };
}
