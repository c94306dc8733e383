import { PROBLEM_RULE_NAMES, WAIT_REASON_NAMES } from "@call-log/model";

import { budgetsLeft } from "./budget-gauges.ts";
import { INSTALLATION_METRICS } from "./installation-metrics.ts";
import type { PrometheusName } from "./metric-table.ts";
import type { LabelValues, ProcessMetrics } from "./process-metrics.ts";
import {
  type InstallationReading,
  type InstallationSources,
  readInstallation,
} from "./read-installation.ts";
import { type Reading, type ReadingTimes, sharedReading } from "./shared-reading.ts";

/** Set the gauges of the whole installation before each scrape, by a read that all scrapes of this process share. */
export function serveInstallation(
  metrics: Pick<ProcessMetrics, "record" | "clear" | "beforeScrape">,
  sources: InstallationSources,
  times?: ReadingTimes,
): void {
  const read = sharedReading(() => readInstallation(sources), times);
  metrics.beforeScrape(async () => {
    const reading = await read();
    for (const name of Object.keys(INSTALLATION_METRICS)) metrics.clear(name as PrometheusName);
    if (reading === undefined) return;
    const now = sources.dispatcher.context.now();
    for (const [name, value, labels] of samplesOf(reading, now))
      metrics.record(name, value, labels);
    for (const provider of Object.keys(sources.dispatcher.context.providers))
      metrics.record("call_log_callback_address", Number(sources.isCalledBack(provider)), {
        provider,
      });
  });
}

type Sample = readonly [name: PrometheusName, value: number, labels?: LabelValues];

function samplesOf({ value, seconds, at }: Reading<InstallationReading>, now: Date): Sample[] {
  const { load, queues, deadLetters, workers, databaseBytes } = value;
  const ageOf = (since: Date | undefined) =>
    since === undefined ? 0 : Math.max(0, (now.getTime() - since.getTime()) / 1000);
  return [
    ["call_log_installation_read_seconds", seconds],
    ["call_log_installation_read_timestamp_seconds", at.getTime() / 1000],
    ["call_log_server_up", Number(value.mongodb), { server: "mongodb" }],
    ["call_log_server_up", Number(value.redis), { server: "redis" }],
    ...(workers === undefined ? [] : [["call_log_workers", workers] as const]),
    ...problemSamples(value.problems),
    ...loadSamples(load, ageOf),
    ...byLabel("call_log_provider_paused", value.paused, "provider"),
    ...byLabel("call_log_limiter_waiting", value.limiters, "provider"),
    ...(queues ?? []).flatMap(queueSamples),
    ...(deadLetters === undefined
      ? []
      : ([
          ["call_log_dead_letters", deadLetters.open],
          ["call_log_dead_letter_age_seconds", ageOf(deadLetters.oldest?.createdAt)],
        ] as const)),
    ...deliverySamples(value, ageOf),
    ...(databaseBytes === undefined
      ? []
      : [["call_log_embedded_database_bytes", databaseBytes] as const]),
  ];
}

function deliverySamples(
  { deliveries, webhooksDisabled }: InstallationReading,
  ageOf: (since: Date | undefined) => number,
): Sample[] {
  return [
    ...(deliveries === undefined
      ? []
      : ([
          ["call_log_deliveries_pending", deliveries.pending],
          ["call_log_delivery_overdue_seconds", ageOf(deliveries.oldestDueAt ?? undefined)],
        ] as const)),
    ...(webhooksDisabled === undefined
      ? []
      : [["call_log_webhooks_disabled", webhooksDisabled] as const]),
  ];
}

function problemSamples(problems: InstallationReading["problems"]): Sample[] {
  if (problems === undefined) return [];
  return PROBLEM_RULE_NAMES.map((rule) => {
    const isThere = problems.some((problem) => problem.rule === rule);
    return ["call_log_problem", Number(isThere), { rule }];
  });
}

function loadSamples(
  load: InstallationReading["load"],
  ageOf: (since: Date | undefined) => number,
): Sample[] {
  if (load === undefined) return [];
  const held = WAIT_REASON_NAMES.map((reason) => [reason, load.held[reason] ?? 0] as const);
  return [
    ...byLabel("call_log_calls_open", load.open, "status"),
    ...byLabel("call_log_calls_held", Object.fromEntries(held), "reason"),
    ["call_log_calls_stuck", load.stuck],
    ["call_log_prices_pending", load.pricesPending],
    ["call_log_price_lag_seconds", ageOf(load.oldestPriceAt)],
    ["call_log_backlog_attempts", load.backlog],
    ...budgetsLeft(load.budgets).flatMap(({ project, period, leftUSD, ratio }): Sample[] => [
      ["call_log_budget_left_usd", leftUSD, { project, period }],
      ["call_log_budget_left_ratio", ratio, { project, period }],
    ]),
  ];
}

function byLabel(
  name: PrometheusName,
  values: Readonly<Record<string, number | boolean>> | undefined,
  label: "status" | "reason" | "provider",
): Sample[] {
  return Object.entries(values ?? {}).map(([one, value]) => [
    name,
    Number(value),
    { [label]: one },
  ]);
}

function queueSamples(depth: NonNullable<InstallationReading["queues"]>[number]): Sample[] {
  const { name: queue, waiting, active, delayed, failed, oldestSeconds } = depth;
  const states = Object.entries({ waiting, active, delayed, failed });
  return [
    ...states.map(([state, jobs]): Sample => ["call_log_queue_jobs", jobs, { queue, state }]),
    ["call_log_queue_age_seconds", oldestSeconds ?? 0, { queue }],
  ];
}
