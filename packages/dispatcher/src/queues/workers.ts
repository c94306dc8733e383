import type { DispatchContext } from "../context/dispatch-context.ts";
import { limitedLog } from "../context/limited-log.ts";
import { startBacklogFeeder } from "./backlog-feeder.ts";
import { startCallRequestWorker } from "./call-request-worker.ts";
import { startDispatchWorker } from "./dispatch-worker.ts";
import { startEventWorker } from "./event-worker.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { createLagMeter } from "./lag-meter.ts";
import { startMaintenanceWorker } from "./maintenance-worker.ts";
import type { QueueWorker } from "./queue-worker.ts";
import type { Queues } from "./queues.ts";
import { workerConnection } from "./redis-connection.ts";

/** What the workers work on, and where their queues are. */
export interface WorkersOptions {
  context: DispatchContext;
  queues: Queues;
}

/** The workers of a process. */
export interface Workers extends QueueWorker {
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
  const heartbeat = startHeartbeat(needsRedis, { presence: queues.presence, lag });
  return {
    stuckQueues: () => jobWorkers.flatMap((worker) => (worker.isStuck() ? [worker.queue] : [])),
    async close() {
      const workers = [...jobWorkers, feeder, heartbeat];
      await Promise.all(workers.map((worker) => worker.close()));
      connection.disconnectAll();
    },
  };
}
