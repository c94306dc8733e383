export type { AlertPreview } from "./alerts/preview-alerts.ts";
export { countsOf, type TakenAlerts } from "./alerts/take-alerts.ts";
export type { EndedCalls } from "./commands/end-running.ts";
export type { HeardLine } from "./commands/heard-lines.ts";
export { type CallRehearsal, REHEARSAL_SCRIPTS } from "./commands/rehearse-call.ts";
export type { RetryPreview } from "./commands/preview-retry.ts";
export { MAX_REQUESTS, parseCallRequest, type Acceptance } from "./accept/accept-call.ts";
export type { QueueDepth } from "./queues/call-queue.ts";
export type { CallRef } from "./commands/call-ref.ts";
export type { CallbackUrlsFor, DispatchContext } from "./context/dispatch-context.ts";
export type { JobQueue } from "./context/job-queue.ts";
export { silentProviders } from "./context/callback-silence.ts";
export { callbackLagOf, type CallbackLag } from "./queues/lag-meter.ts";
export type { AddressGuard } from "./context/address-guard.ts";
export type { CallOutbox } from "./context/call-outbox.ts";
export type { TriedSource } from "./webhooks/try-alert-source.ts";
export { createAddressGuard } from "./webhooks/address-guard.ts";
export { accountLimit } from "./limiter/account-limit.ts";
export type { LimiterUse } from "./limiter/limiter.ts";
export type { WorkerInfo } from "./queues/worker-presence.ts";
export { createDispatcher, type Dispatcher, type DispatcherOptions } from "./dispatcher.ts";
export { dispatcherSettings, type DispatcherSettings } from "./context/dispatcher-settings.ts";
export { describeError, type DescribedError } from "./context/describe-error.ts";
export { errorFields, type Log, type LogFields } from "./context/log.ts";
export { createOutage, type Outage } from "./context/outage.ts";
export {
  inSpan,
  type OpenSpan,
  type SpanAttributes,
  type SpanKind,
  type SpanStart,
  type Tracing,
} from "./context/tracing.ts";
export { openReadableQueues, type ReadableQueues } from "./queues/readable-queues.ts";
export { createQueues, type Queues, type QueuesOptions } from "./queues/queues.ts";
export type { SharedCounters } from "./queues/shared-counters.ts";
export { startSharedClock, type SharedClock } from "./queues/shared-clock.ts";
export {
  createMetrics,
  DELIVERY_RESULTS,
  DISPATCH_STEPS,
  type Measure,
  type Measurements,
  METRIC_NAMES,
  type MetricName,
  type Metrics,
  PLACE_RESULTS,
} from "./context/metrics.ts";
export { startWorkers, type Workers } from "./queues/workers.ts";
