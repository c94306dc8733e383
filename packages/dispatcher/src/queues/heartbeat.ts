import { hostname } from "node:os";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { Closing } from "./queue-worker.ts";
import type { WorkerPresence } from "./worker-presence.ts";

/** How often a worker announces itself, in milliseconds. */
const BEAT_MS = 5000;

/** Present activity of a worker. */
export interface WorkState {
  /** It takes no more jobs. */
  draining: boolean;
  activeJobs: number;
}

/** An announced worker. */
export interface Heartbeat extends Closing {
  beat(): Promise<void>;
}

/** Announce this worker until it is closed; a Redis that is away is logged once. */
export function startHeartbeat(
  {
    workerId: id,
    settings,
    callbackSilence,
    now,
    log,
  }: Pick<DispatchContext, "workerId" | "settings" | "callbackSilence" | "now" | "log">,
  { presence, lag, state }: { presence: WorkerPresence; lag: LagMeter; state: () => WorkState },
): Heartbeat {
  const startedAt = now().toISOString();
  const { requestConcurrency, dispatchConcurrency, eventConcurrency } = settings;
  const concurrency = {
    requests: requestConcurrency,
    dispatch: dispatchConcurrency,
    events: eventConcurrency,
  };
  const about = { id, host: hostname(), pid: process.pid, startedAt, concurrency };
  let isHeard = true;
  const beat = async () => {
    try {
      await presence.announce({
        ...about,
        ...state(),
        lag: lag.read(),
        silence: callbackSilence.read(),
      });
      isHeard = true;
    } catch (error) {
      if (isHeard) log.warn(errorFields(error), "a heartbeat was not recorded");
      isHeard = false;
    }
  };
  let last = beat();
  const timer = setInterval(() => {
    last = beat();
  }, BEAT_MS);
  return {
    // A change is seen at once.
    beat: () => (last = beat()),
    async close() {
      clearInterval(timer);
      await last;
      // It expires anyhow.
      await presence.leave(id).catch((error: unknown) => {
        log.warn(errorFields(error), "the end of a worker was not recorded");
      });
    },
  };
}
