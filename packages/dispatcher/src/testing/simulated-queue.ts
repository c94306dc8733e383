import type { DispatchJob } from "@call-log/model";

import type { DelayedDispatch, Urgency } from "../context/job-queue.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { sweep } from "../maintenance/sweep.ts";
import { createFeed } from "../queues/backlog-feeder.ts";
import { boundedAdder } from "../queues/bounded-adder.ts";
import type { CallQueue, QueuedJob } from "../queues/call-queue.ts";
import { comingBack } from "../queues/dispatch-worker.ts";
import { dispatchJob } from "../queues/queues.ts";
import type { TestContext } from "./test-context.ts";

/** Attempts that a worker is done with between two rounds of the feeder. */
const ATTEMPTS_BETWEEN_ROUNDS = 20;

/** Queue, worker, feeder and sweeper on the clock of a context, with no time between a job and the next one. */
export interface SimulatedQueue {
  /** Calls that were looked at so far, each as often as it was. */
  readonly looks: string[];
  /** Jobs that are taken by nobody, as those of a queue that was flushed. */
  lose(): void;
  run(seconds: number): Promise<void>;
}

/** Jobs by their ids, each with the time from which it can be taken, in milliseconds. */
type Jobs = Map<string, { job: QueuedJob; at: number }>;

/** Give a context such a queue, of about `maxJobs` jobs. */
export function simulatedQueue(context: TestContext, maxJobs = 10_000): SimulatedQueue {
  const { clock } = context;
  const now = () => clock.time.getTime();
  const waiting: Jobs = new Map();
  context.jobQueue = boundedQueue(waiting, maxJobs, now);
  const feed = createFeed(context);
  const looks: string[] = [];
  let done = 0;

  async function work(id: string, job: QueuedJob): Promise<void> {
    waiting.delete(id);
    const dispatch = job.data as DispatchJob;
    looks.push(dispatch.callLogId);
    const result = await dispatchAttempt(context, dispatch);
    if (result.kind === "done") return attemptDone();
    if (await context.jobQueue.hasRoomToWait()) waiting.set(id, { job, at: result.at.getTime() });
    else await context.backlog.add([comingBack(dispatch, result)]);
  }

  async function attemptDone(): Promise<void> {
    done += 1;
    if (context.jobQueue.hasBacklog && done % ATTEMPTS_BETWEEN_ROUNDS === 0) await feed(false);
  }

  async function workOnAll(): Promise<void> {
    for (;;) {
      const ready = [...waiting].filter(([, { at }]) => at <= now());
      if (ready.length === 0) return;
      for (const [id, { job }] of ready) await work(id, job);
    }
  }

  async function run(seconds: number): Promise<void> {
    const end = now() + seconds * 1000;
    const sweepEveryMs = context.settings.sweepEverySeconds * 1000;
    for (;;) {
      await workOnAll();
      const nextSecond = Math.floor(now() / 1000 + 1) * 1000;
      const next = Math.min(nextSecond, ...[...waiting.values()].map(({ at }) => at));
      if (next > end) break;
      clock.time = new Date(next);
      if (next % sweepEveryMs === 0) await sweep(context);
      if (next % 1000 === 0) await feed(true);
    }
    clock.time = new Date(end);
  }

  return { looks, lose: () => waiting.clear(), run };
}

function boundedQueue(waiting: Jobs, maxJobs: number, now: () => number): TestContext["jobQueue"] {
  const queue: Pick<CallQueue, "add" | "size"> = {
    async add(jobs) {
      for (const job of jobs) {
        const { jobId = "", delay = 0 } = job.options;
        if (!waiting.has(jobId)) waiting.set(jobId, { job, at: now() + delay });
      }
    },
    async size() {
      const ready = [...waiting.values()].filter(({ at }) => at <= now()).length;
      return { ready, delayed: waiting.size - ready };
    },
  };
  const adder = boundedAdder(queue, maxJobs, now);
  return Object.assign(adder, {
    addDispatches: async (added: readonly DelayedDispatch[], urgency: Urgency = "new") => {
      const byJob = new Map(added.map((dispatch) => [dispatchJob(dispatch), dispatch]));
      const left = await adder.add([...byJob.keys()], urgency);
      return left.flatMap((job) => byJob.get(job) ?? []);
    },
    addEvents: async () => undefined,
  });
}
