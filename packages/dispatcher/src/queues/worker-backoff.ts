import type { Worker } from "bullmq";

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5000;

/** After this many milliseconds without an error, the waits start small again. */
const CALM_MS = 10_000;

/** Slows a worker down while Redis refuses it. */
export interface WorkerBackoff {
  /** An error has come: take no jobs for a while, longer after each one. */
  onError(): void;
  /** Whether the worker, which its owner pauses, is to stay so when a wait is over; false resumes it. */
  keepPaused(isPaused: boolean): void;
  /** Never release the worker again. */
  close(): void;
}

/** Does something after so many milliseconds, unless it is canceled before. */
export type After = (waitMs: number, act: () => void) => { cancel(): void };

/**
 * The backoff of a BullMQ worker. BullMQ waits by itself while Redis can't be reached, but asks again at once when Redis answers with an
 * error (OOM, LOADING, READONLY): thousands of times a second.
 */
export function workerBackoff(
  worker: Pick<Worker, "pause" | "resume">,
  {
    after = laterBy,
    elapsedMs = () => performance.now(),
  }: { after?: After; elapsedMs?: () => number } = {},
): WorkerBackoff {
  let waitMs = 0;
  let releasedAt = -Infinity;
  let held: { cancel(): void } | undefined;
  let isClosed = false;
  let staysPaused = false;
  return {
    onError() {
      if (held !== undefined || isClosed) return;
      const isCalm = elapsedMs() - releasedAt > CALM_MS;
      waitMs = isCalm ? FIRST_WAIT_MS : Math.min(2 * waitMs, LONGEST_WAIT_MS);
      // Jobs under way go on. Neither of the two asks Redis for anything, so they don't fail.
      void worker.pause(true);
      held = after(waitMs, () => {
        held = undefined;
        releasedAt = elapsedMs();
        if (!staysPaused) void worker.resume();
      });
    },
    keepPaused(isPaused) {
      staysPaused = isPaused;
      if (!isPaused && held === undefined && !isClosed) void worker.resume();
    },
    close() {
      isClosed = true;
      held?.cancel();
    },
  };
}

function laterBy(waitMs: number, act: () => void) {
  const timer = setTimeout(act, waitMs);
  return { cancel: () => clearTimeout(timer) };
}
