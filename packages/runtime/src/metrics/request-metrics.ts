import type { MetricEntry } from "./metric-entry.ts";

/** Up to ten seconds, as requests take. */
const FAST = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Metrics of the HTTP server. */
export const REQUEST_METRICS = {
  call_log_http_requests_total: {
    type: "counter",
    unit: "none",
    labels: ["method", "route", "code"],
    help: "HTTP requests that were answered",
    from: "api",
    countedIn: "apps/api/src/http/request-metrics.ts",
  },
  call_log_http_request_duration_seconds: {
    type: "histogram",
    unit: "seconds",
    labels: ["route"],
    help: "Time to answer an HTTP request; live streams are left out",
    from: "api",
    countedIn: "apps/api/src/http/request-metrics.ts",
    buckets: FAST,
  },
  call_log_callbacks_total: {
    type: "counter",
    unit: "none",
    labels: ["provider", "result"],
    help: "Callbacks of providers: accepted, refused since they are not genuine, or unavailable since the queue was away",
    from: "api",
    countedIn: "apps/api/src/http/request-metrics.ts",
  },
} as const satisfies Record<string, MetricEntry>;
