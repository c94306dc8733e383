import type { MetricName } from "@call-log/dispatcher";

import { DISPATCH_METRICS } from "./dispatch-metrics.ts";
import { INSTALLATION_METRICS } from "./installation-metrics.ts";
import type { MetricEntry } from "./metric-entry.ts";
import { REQUEST_METRICS } from "./request-metrics.ts";

/** Every metric by its name, except those of Node.js and the process (`nodejs_*`, `process_*`). */
export const METRICS = {
  ...REQUEST_METRICS,
  ...DISPATCH_METRICS,
  ...INSTALLATION_METRICS,
} as const satisfies Record<string, MetricEntry>;

/** Name of a metric. */
export type PrometheusName = keyof typeof METRICS;

/** The metric of each count of the dispatcher. */
export const METRIC_OF_COUNT = {
  accepted: "call_log_calls_accepted_total",
  repeated: "call_log_requests_repeated_total",
  invalidRequests: "call_log_queue_requests_refused_total",
  jobsNotAdded: "call_log_jobs_not_added_total",
  dialled: "call_log_attempts_dialled_total",
  answersUnknown: "call_log_answers_unknown_total",
  answersLate: "call_log_answers_late_total",
  defects: "call_log_defects_total",
  events: "call_log_events_recorded_total",
  eventsRepeated: "call_log_events_repeated_total",
  eventsOfUnknownAttempts: "call_log_events_unmatched_total",
  eventConflicts: "call_log_event_conflicts_total",
  swept: "call_log_calls_swept_total",
  sweepFailures: "call_log_sweep_failures_total",
  wrongSums: "call_log_wrong_sums_total",
} as const satisfies Record<MetricName, PrometheusName>;
