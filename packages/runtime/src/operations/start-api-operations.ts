import type { Connections } from "../connect.ts";
import { serveInstallation } from "../metrics/serve-installation.ts";
import type { MetricsConfig } from "./metrics-settings.ts";
import { processHealth } from "./process-health.ts";
import { type RunningOperations, startOperations } from "./start-operations.ts";

/** What an api serves beside its routes. */
export interface ApiOperations {
  config: MetricsConfig & { HOST: string };
  isStopping: () => boolean;
  /** Of workers in the same process. @defaultValue there are none */
  stuckQueues?: () => readonly string[];
  /** Size of an embedded database, in bytes. @defaultValue there is none */
  databaseBytes?: (() => Promise<number>) | undefined;
}

/** Serve metrics and health of a process with an api, and with its metrics those of the whole installation. */
export function startApiOperations(
  connections: Pick<Connections, "metrics" | "store" | "dispatcher" | "callbackBaseOf">,
  { config, isStopping, stuckQueues, databaseBytes }: ApiOperations,
): Promise<RunningOperations> {
  const { metrics, store, dispatcher, callbackBaseOf } = connections;
  if (metrics !== undefined) {
    const isCalledBack = (provider: string) => callbackBaseOf(provider) !== undefined;
    serveInstallation(metrics, { store, dispatcher, isCalledBack, databaseBytes });
  }
  const health = processHealth({
    store,
    queues: dispatcher.queues,
    needsQueue: false,
    isStopping,
    ...(stuckQueues && { stuckQueues }),
  });
  return startOperations({ metrics }, { config, health });
}
