import type { Closable } from "../closing-stack.ts";
import type { Connections } from "../connect.ts";
import type { MetricsConfig } from "./metrics-settings.ts";
import { startOperationsServer } from "./operations-server.ts";
import type { ProcessHealth } from "./process-health.ts";

/** What a process serves beside its work, and where. */
export interface Operations {
  config: MetricsConfig & { HOST: string };
  health: ProcessHealth;
}

/** What is served, to be closed. */
export interface RunningOperations extends Closable {
  /** A line with its address; empty where nothing is served. */
  welcome: string;
}

/** Serve metrics and health at `METRICS_PORT`; nothing where that is not set. */
export async function startOperations(
  { metrics }: Pick<Connections, "metrics">,
  { config, health }: Operations,
): Promise<RunningOperations> {
  const { METRICS_PORT: port, METRICS_TOKEN: token, HOST: host } = config;
  if (port === undefined || metrics === undefined) return { welcome: "", close: () => undefined };
  const routes = { ...health, metrics: () => metrics.text() };
  const server = await startOperationsServer(routes, { port, host, token });
  return { welcome: `metrics and health: ${server.url}\n`, close: () => server.close() };
}
