export type { LimitSettings } from "./limit-settings.ts";
export { closingStack, type Closable, type ClosingStack } from "./closing-stack.ts";
export { startDrainWatch, type DrainWatch } from "./drain-watch.ts";
export { freePort } from "./free-port.ts";
export { createLogger, type Logger, type LoggerOptions } from "./logger.ts";
export { MAX_PROJECTS, METRIC_LABELS, OTHER } from "./metrics/metric-labels.ts";
export { METRICS, type PrometheusName } from "./metrics/metric-table.ts";
export type { ProcessMetrics } from "./metrics/process-metrics.ts";
export { hasBearerToken } from "./operations/bearer-token.ts";
export type { MetricsConfig } from "./operations/metrics-settings.ts";
export { processHealth } from "./operations/process-health.ts";
export { startApiOperations } from "./operations/start-api-operations.ts";
export { startOperations } from "./operations/start-operations.ts";
export { connect, type Connections, type ConnectOptions } from "./connect.ts";
export {
  listenSettings,
  processSettings,
  serverSettings,
  workerListenSettings,
  type ProcessSettings,
} from "./process-settings.ts";
export { readConfig, type Config } from "./read-config.ts";
export { runProcess, type RunningProcess } from "./run-process.ts";
export { deriveSecrets, type Keyring, type Secrets } from "./secrets/derive-secrets.ts";
export { openSecrets } from "./secrets/open-secrets.ts";
export {
  checkSignIn,
  type OidcSettings,
  oidcSettings,
  type SignInConfig,
  signInSettings,
} from "./sign-in-settings.ts";
export { StartError } from "./start-error.ts";
