import type { DispatchContext } from "../context/dispatch-context.ts";
import { limitedLog } from "../context/limited-log.ts";
import { startDeliveryWorker } from "../webhooks/delivery-worker.ts";
import { startBacklogFeeder } from "./backlog-feeder.ts";
import { startCallRequestWorker } from "./call-request-worker.ts";
import { startDispatchWorker } from "./dispatch-worker.ts";
import { startEventWorker } from "./event-worker.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createLagMeter } from "./lag-meter.ts";
import { startMaintenanceWorker } from "./maintenance-worker.ts";
import type { Closing } from "./queue-worker.ts";
import type { Queues } from "./queues.ts";
import { workerConnection } from "./redis-connection.ts";

/** Context and queues of the workers. */
export interface WorkersOptions {
  context: DispatchContext;
  queues: Queues;
}

/** The workers of this process. */
export interface Workers extends Closing {
  /** Take no more jobs, or take jobs again. What is under way is done in any case, so no call is lost. */
  setDraining(isDraining: boolean): void;
  /** Names of the queues whose worker makes no progress any more, see `JobWorker`. */
  stuckQueues(): string[];
}

/** Run one worker per queue in this process. More processes may do the same. Close it before the queues. */
export function startWorkers({ context, queues }: WorkersOptions): Workers {
  const log = limitedLog(context.log);
  const { watch } = queues;
  const connection = workerConnection(queues.redisUrl, watch);
  const { measure } = context.metrics;
  const place = {
    connection,
    prefix: queues.prefix,
    log,
    measure,
    outage: watch.outage,
    tracing: context.tracing,
  };
  const needsRedis = { ...context, log: watch.outage.quiet(log) };
  const lag = createLagMeter(context.now);
  const feeder = startBacklogFeeder(needsRedis);
  const jobWorkers = [
    startMaintenanceWorker(context, { ...place, queues }),
    startCallRequestWorker(context, place),
    startDispatchWorker(context, { ...place, feeder }),
    startEventWorker(context, { ...place, lag }),
  ];
  const deliveryWorker = startDeliveryWorker({ ...context, log });
  let draining = false;
  const state = () => {
    const activeJobs = jobWorkers.reduce((sum, worker) => sum + worker.activeJobs(), 0);
    return { draining, activeJobs };
  };
  const heartbeat = startHeartbeat(needsRedis, { presence: queues.presence, lag, state });
  return {
    stuckQueues: () => jobWorkers.flatMap((worker) => (worker.isStuck() ? [worker.queue] : [])),
    setDraining(isDraining) {
      if (draining === isDraining) return;
      draining = isDraining;
      for (const worker of jobWorkers) worker.keepPaused(isDraining);
      void heartbeat.beat();
    },
    async close() {
      await Promise.all(
        [...jobWorkers, feeder, heartbeat, deliveryWorker].map((worker) => worker.close()),
      );
      connection.disconnectAll();
    },
  };
}
