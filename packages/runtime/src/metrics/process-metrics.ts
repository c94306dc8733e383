import {
  createMetrics,
  type Measurements,
  type Metrics,
  PLACE_RESULTS,
} from "@call-log/dispatcher";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

import type { MetricsText } from "../operations/operations-server.ts";
import type { MetricEntry } from "./metric-entry.ts";
import { boundLabels, CALLBACK_RESULTS, type LabelName } from "./metric-labels.ts";
import { METRIC_OF_COUNT, METRICS, type PrometheusName } from "./metric-table.ts";

/** Gauges of prom-client that are named like counters, which promtool refuses. */
const MISNAMED = ["handles", "requests", "resources"].map((of) => `nodejs_active_${of}_total`);

/** Values of the labels of one sample. */
export type LabelValues = Readonly<Partial<Record<LabelName, string>>>;

/** The metrics of one process, for Prometheus. */
export interface ProcessMetrics {
  /** For the dispatcher, which does not know Prometheus. */
  readonly dispatcher: Metrics;
  /** Count, observe or set, by the type of the metric. Labels outside of their bounds become `other`. */
  record(name: PrometheusName, value: number, labels?: LabelValues): void;
  /** Forget the samples of a gauge, before it is set again. */
  clear(name: PrometheusName): void;
  /** Run before every scrape, such as a read of the database. It never delays one by an error. */
  beforeScrape(read: () => Promise<void>): void;
  text(): Promise<MetricsText>;
}

/** What a process says of itself. */
export interface BuildInfo {
  version: string;
  role: string;
  /** Provider accounts: their counts begin at zero, so that the first one shows as an increase. */
  providers: readonly string[];
}

/** Create the metrics of this process, everything at zero. Those of Node.js are part of them. */
export function createProcessMetrics({ version, role, providers }: BuildInfo): ProcessMetrics {
  const registry = new Registry();
  const bound = boundLabels();
  const instruments = new Map<string, Instrument>();
  for (const [name, entry] of Object.entries(METRICS))
    instruments.set(name, instrumentOf(registry, name, entry));
  const reads: (() => Promise<void>)[] = [];
  const record: ProcessMetrics["record"] = (name, value, labels = {}) => {
    instruments.get(name)?.record(boundedValues(labels, bound), value);
  };
  const dispatcher = createMetrics((name, measured) => MEASURED[name](record, measured));
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  record("call_log_build_info", 1, { version, node: process.version, role });
  for (const provider of providers) {
    for (const result of CALLBACK_RESULTS)
      record("call_log_callbacks_total", 0, { provider, result });
    for (const result of PLACE_RESULTS)
      instruments.get("call_log_provider_request_duration_seconds")?.zero({ provider, result });
  }
  return {
    dispatcher,
    record,
    clear: (name) => instruments.get(name)?.clear(),
    beforeScrape: (read) => void reads.push(read),
    async text() {
      await Promise.all(reads.map((read) => read()));
      const counts = Object.entries(dispatcher.read());
      for (const [count, value] of counts)
        instruments.get(METRIC_OF_COUNT[count as keyof typeof METRIC_OF_COUNT])?.total(value);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function boundedValues(
  labels: LabelValues,
  bound: ReturnType<typeof boundLabels>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([label, value]) => [label, bound(label as LabelName, value)]),
  );
}

interface Instrument {
  record(labels: Record<string, string>, value: number): void;
  /** Sets a counter to a number that something else counts. */
  total(value: number): void;
  clear(): void;
  /** Begin at zero, where that is something else than a sample of zero. */
  zero(labels: Record<string, string>): void;
}

function instrumentOf(registry: Registry, name: string, entry: MetricEntry): Instrument {
  const { help, buckets } = entry;
  const labelNames = [...entry.labels];
  const settings = { name, help, labelNames, registers: [registry] };
  switch (entry.type) {
    case "counter": {
      const counter = new Counter(settings);
      return {
        record: (labels, value) => counter.inc(labels, value),
        total(value) {
          counter.reset();
          counter.inc(value);
        },
        clear: () => counter.reset(),
        zero: (labels) => counter.inc(labels, 0),
      };
    }
    case "gauge": {
      const gauge = new Gauge(settings);
      // The library sets one without labels to 0, which nobody has read.
      const clear = () => (labelNames.length === 0 ? gauge.remove() : gauge.reset());
      clear();
      return {
        record: (labels, value) => gauge.set(labels, value),
        total: (value) => gauge.set(value),
        clear,
        zero: (labels) => gauge.set(labels, 0),
      };
    }
    case "histogram": {
      const histogram = new Histogram({ ...settings, buckets: [...(buckets ?? [])] });
      return {
        record: (labels, value) => histogram.observe(labels, value),
        total: () => undefined,
        clear: () => histogram.reset(),
        zero: (labels) => histogram.zero(labels),
      };
    }
  }
}

type Recorders = {
  [N in keyof Measurements]: (record: ProcessMetrics["record"], given: Measurements[N]) => void;
};

const MICRO = 1_000_000;

/** Where each measurement of the dispatcher goes. */
const MEASURED: Recorders = {
  step: (record, { step, seconds }) => record("call_log_dispatch_step_seconds", seconds, { step }),
  placed: (record, { provider, result, seconds }) =>
    record("call_log_provider_request_duration_seconds", seconds, { provider, result }),
  attemptEnded: (record, { provider = "none", outcome, refusalClass = "none" }) =>
    record("call_log_attempts_total", 1, { provider, outcome, class: refusalClass }),
  callEnded: (record, { status }) => record("call_log_calls_ended_total", 1, { status }),
  deferred: (record, { reason }) => record("call_log_calls_deferred_total", 1, { reason }),
  limiterWait: (record, { provider, seconds }) =>
    record("call_log_limiter_wait_seconds", seconds, { provider }),
  callbackLag: (record, { provider, seconds }) =>
    record("call_log_callback_lag_seconds", seconds, { provider }),
  cost: (record, { provider = "none", currency, micro }) =>
    record("call_log_cost_total", micro / MICRO, { provider, currency: currency.toUpperCase() }),
  delivery(record, { kind, result, lagSeconds }) {
    record("call_log_deliveries_total", 1, { kind, result });
    if (result === "delivered") record("call_log_delivery_lag_seconds", lagSeconds, { kind });
  },
  job(record, { queue, seconds, failed }) {
    record("call_log_job_duration_seconds", seconds, { queue });
    if (failed) record("call_log_jobs_failed_total", 1, { queue });
  },
  round(record, { seconds }) {
    record("call_log_sweep_duration_seconds", seconds);
    record("call_log_sweep_timestamp_seconds", Date.now() / 1000);
  },
};
