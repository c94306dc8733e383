import { METRIC_NAMES } from "@call-log/dispatcher";
import { expect, test } from "vitest";

import type { MetricEntry } from "./metric-entry.ts";
import { boundLabels, type LabelEntry, type LabelName, METRIC_LABELS } from "./metric-labels.ts";
import { METRIC_OF_COUNT, METRICS, type PrometheusName } from "./metric-table.ts";
import { createProcessMetrics } from "./process-metrics.ts";

const fresh = () =>
  createProcessMetrics({ version: "1.2.3", role: "worker", providers: ["twilio"] });

async function linesOf(metrics: ReturnType<typeof fresh>, name: string): Promise<string[]> {
  const { text } = await metrics.text();
  return text.split("\n").filter((line) => line.startsWith(name));
}

test("every metric of the table is there with its type and help, and every own one is in the table", async () => {
  const { text } = await fresh().text();
  const heads = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(
    ([, name, type]) => [name!, type!] as const,
  );
  const own = heads.filter(([name]) => name.startsWith("call_log_"));
  const table = Object.entries<MetricEntry>(METRICS).map(([name, { type }]) => [name, type]);
  expect(Object.fromEntries(own)).toEqual(Object.fromEntries(table));
  for (const [name, { help }] of Object.entries(METRICS))
    expect(text).toContain(`# HELP ${name} ${help}\n`);
  expect(heads.map(([name]) => name)).toEqual(
    expect.arrayContaining(["process_resident_memory_bytes", "nodejs_eventloop_lag_seconds"]),
  );
});

const SUFFIX: Record<MetricEntry["unit"], string> = {
  seconds: "_seconds",
  bytes: "_bytes",
  ratio: "_ratio",
  USD: "_usd",
  currency: "_cost_",
  none: "",
};

test("names end with their unit, and counters with total", () => {
  for (const [name, entry] of Object.entries<MetricEntry>(METRICS)) {
    expect(name).toMatch(/^call_log_[a-z_]+$/);
    expect([name, name.endsWith("_total")]).toEqual([name, entry.type === "counter"]);
    expect(name).toContain(SUFFIX[entry.unit]);
    expect([name, entry.buckets !== undefined]).toEqual([name, entry.type === "histogram"]);
  }
});

test("every count of the dispatcher is a counter of its own, and does not fall", async () => {
  const metrics = fresh();
  for (const [index, name] of METRIC_NAMES.entries()) metrics.dispatcher.add(name, index + 1);
  for (const [index, name] of METRIC_NAMES.entries()) {
    const sample = METRIC_OF_COUNT[name];
    expect(await linesOf(metrics, `${sample} `)).toEqual([`${sample} ${index + 1}`]);
  }
});

test("measurements of the dispatcher arrive with their labels", async () => {
  const metrics = fresh();
  const { measure } = metrics.dispatcher;
  measure("step", { step: "claimed", seconds: 0.2 });
  measure("placed", { provider: "twilio", result: "accepted", seconds: 0.3 });
  measure("attemptEnded", { provider: "twilio", outcome: "busy", refusalClass: undefined });
  measure("attemptEnded", { provider: undefined, outcome: "account", refusalClass: "account" });
  measure("callEnded", { status: "Completed" });
  measure("deferred", { reason: "turn" });
  measure("limiterWait", { provider: "twilio", seconds: 0 });
  measure("callbackLag", { provider: "twilio", seconds: 4 });
  measure("cost", { provider: "twilio", currency: "usd", micro: 13_000 });
  measure("job", { queue: "call-dispatch", seconds: 0.01, failed: true });
  measure("round", { seconds: 2 });
  const { text } = await metrics.text();
  for (const line of [
    'call_log_dispatch_step_seconds_bucket{le="0.25",step="claimed"} 1',
    'call_log_provider_request_duration_seconds_sum{provider="twilio",result="accepted"} 0.3',
    'call_log_attempts_total{provider="twilio",outcome="busy",class="none"} 1',
    'call_log_attempts_total{provider="none",outcome="account",class="account"} 1',
    'call_log_calls_ended_total{status="Completed"} 1',
    'call_log_calls_deferred_total{reason="turn"} 1',
    'call_log_limiter_wait_seconds_bucket{le="0",provider="twilio"} 1',
    'call_log_callback_lag_seconds_bucket{le="5",provider="twilio"} 1',
    'call_log_cost_total{provider="twilio",currency="USD"} 0.013',
    'call_log_job_duration_seconds_count{queue="call-dispatch"} 1',
    'call_log_jobs_failed_total{queue="call-dispatch"} 1',
    "call_log_sweep_duration_seconds 2",
    `call_log_build_info{version="1.2.3",node="${process.version}",role="worker"} 1`,
  ])
    expect(text.split("\n")).toContain(line);
});

test("labels are bounded: whatever is given, there are few series, and no number or text is one", async () => {
  const metrics = fresh();
  const wild = (index: number) => [
    `+1555010${1000 + index}`,
    `Down ${index}`,
    `x${index}`,
    `A${index}`,
  ];
  for (const [name, { labels }] of Object.entries<MetricEntry>(METRICS)) {
    if (labels.length === 0) continue;
    for (let index = 0; index < 500; index += 1)
      for (const value of wild(index))
        metrics.record(
          name as PrometheusName,
          1,
          Object.fromEntries(labels.map((label) => [label, value])),
        );
  }
  const { text } = await metrics.text();
  expect(text).not.toMatch(/1555010|Down \d/);
  expect(text).toContain('call_log_calls_ended_total{status="other"} 2000');
  const series = text.split("\n").filter((line) => line.startsWith("call_log_"));
  expect(series.length).toBeLessThan(10_000);
});

test.each(Object.entries<LabelEntry>(METRIC_LABELS))(
  "%s shows its own values, and one that is not its own as other",
  (label, { values }) => {
    const bound = boundLabels();
    const name = label as LabelName;
    expect(bound(name, "+15550100100")).toBe("other");
    expect(bound(name, "The database is down.")).toBe("other");
    if ("form" in values) return;
    for (const value of values) expect(bound(name, value)).toBe(value);
  },
);

test("a label with a form shows at most so many values, and those always", () => {
  const bound = boundLabels();
  const names = Array.from({ length: 200 }, (_, index) => `account-${index}`);
  const shown = names.map((name) => bound("provider", name));
  expect(shown.filter((name) => name !== "other")).toEqual(names.slice(0, 50));
  expect(bound("provider", "account-7")).toBe("account-7");
});

test("a gauge that nobody has set, or that is not known any more, is not there", async () => {
  const metrics = fresh();
  expect(await linesOf(metrics, "call_log_calls_stuck")).toEqual([]);
  metrics.record("call_log_calls_stuck", 2);
  metrics.record("call_log_calls_open", 2, { status: "Queued" });
  metrics.clear("call_log_calls_stuck");
  metrics.clear("call_log_calls_open");
  expect(await linesOf(metrics, "call_log_calls_")).toEqual([
    "call_log_calls_accepted_total 0",
    "call_log_calls_swept_total 0",
  ]);
});

test("a read before a scrape is waited for", async () => {
  const metrics = fresh();
  metrics.beforeScrape(async () => metrics.record("call_log_workers", 3));
  expect(await linesOf(metrics, "call_log_workers ")).toEqual(["call_log_workers 3"]);
});
