import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { METRIC_LABELS, METRICS } from "../packages/runtime/src/index.ts";
import { section, tableRows, textOf } from "./markdown.ts";

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; runbook_url: string };
}
interface RuleFile {
  groups: { rules: Rule[] }[];
}
interface Dashboard {
  panels: { title: string; targets: { expr: string }[] }[];
}

const ALERTS_PAGE = "docs/reference/alerts.md";
const METRICS_PAGE = "docs/reference/metrics.md";
const rules = (parse(textOf("deploy/prometheus/alerts.yml")) as RuleFile).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(textOf("deploy/grafana/call-log.json")) as Dashboard;

/** Metrics of prom-client that rules and dashboards may name, and the one that every scrape has. */
const OTHERS = [
  "up",
  "nodejs_eventloop_lag_p99_seconds",
  "process_cpu_seconds_total",
  "process_resident_memory_bytes",
];

/** Names of metrics in a query that are none of ours; those of a histogram are of its series. */
function unknownIn(expr: string): string[] {
  const names = expr
    .replaceAll(/\{[^}]*\}|\b(?:by|on|without|ignoring) \([^)]*\)|\[[^\]]*\]|"[^"]*"/g, " ")
    .matchAll(/\b[a-z_]+\b(?!\s*\()/g);
  const known = new Set([...Object.entries(METRICS).flatMap(seriesOf), ...OTHERS]);
  const words = ["and", "or", "unless", "by", "on", "without"];
  return [...names]
    .map(([name]) => name)
    .filter((name) => !known.has(name) && !words.includes(name));
}

function seriesOf([name, { type }]: [string, { type: string }]): string[] {
  return type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => name + end) : [name];
}

/** Labels that a query matches or groups by. */
function labelsIn(expr: string): string[] {
  const matched = [...expr.matchAll(/[{,]\s*(\w+)(?:=|!=|=~|!~)"/g)].map(([, label]) => label!);
  const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list]) =>
    list!.split(",").map((label) => label.trim()),
  );
  return [...matched, ...grouped];
}

describe("docs/reference/metrics.md", () => {
  test("has every metric as the tables have it", () => {
    expect(tableRows(section(textOf(METRICS_PAGE), "Table"))).toEqual(
      Object.entries(METRICS).map(([name, entry]) => {
        const labels = entry.labels.map((label) => `\`${label}\``).join(", ");
        // A cell that is one name alone is read without its marks.
        const cell = entry.labels.length === 1 ? entry.labels[0] : labels || "–";
        const { type, unit, from, help, countedIn } = entry;
        return [name, type, unit, cell, from, help, countedIn];
      }),
    );
  });

  test("has every label with its bound", () => {
    expect(tableRows(section(textOf(METRICS_PAGE), "Labels"))).toEqual(
      Object.entries(METRIC_LABELS).map(([name, { help, values }]) => [
        name,
        help,
        String(("form" in values ? values.most : values.length) + 1),
      ]),
    );
  });
});

describe("deploy/prometheus/alerts.yml", () => {
  test.each(rules)("$alert has a severity, a page, and metrics and labels that exist", (rule) => {
    const { alert, expr, labels, annotations } = rule;
    expect(["critical", "warning"]).toContain(labels.severity);
    expect(annotations.runbook_url).toMatch(new RegExp(`/${ALERTS_PAGE}#${alert.toLowerCase()}$`));
    expect(unknownIn(expr)).toEqual([]);
    const known = [...Object.keys(METRIC_LABELS), "job", "le", "instance"];
    expect(labelsIn(expr).filter((label) => !known.includes(label))).toEqual([]);
  });

  test("is the table of the page, and each rule has its query there", () => {
    const page = textOf(ALERTS_PAGE);
    expect(tableRows(page)).toEqual(
      rules.map(({ alert, labels, for: wait = "0m", annotations }) => [
        `[\`${alert}\`](#${alert.toLowerCase()})`,
        labels.severity,
        wait,
        annotations.summary.replaceAll(/\{\{.*?\}\}/g, "…"),
      ]),
    );
    for (const { alert, expr } of rules)
      expect(section(page, alert)).toContain(`\`\`\`promql\n${expr.trim()}\n\`\`\`\n\n`);
  });

  test("each rule is shown to fire and not to fire by promtool", () => {
    const tests = textOf(".ci/alerts.test.yml");
    expect(rules.map(({ alert }) => alert).filter((alert) => !tests.includes(alert))).toEqual([]);
  });
});

test("every query of the dashboard names metrics and labels that exist", () => {
  const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  expect(queries.length).toBeGreaterThan(20);
  expect(queries.flatMap(unknownIn)).toEqual([]);
  const known = [...Object.keys(METRIC_LABELS), "job", "le", "instance"];
  expect(queries.flatMap(labelsIn).filter((label) => !known.includes(label))).toEqual([]);
});

test("a name that is no metric is found in a query", () => {
  expect(unknownIn('max by (rule) (call_log_probem{rule="x"}) > 0')).toEqual(["call_log_probem"]);
  expect(unknownIn("rate(call_log_callback_lag_seconds[5m])")).toEqual([
    "call_log_callback_lag_seconds",
  ]);
  expect(labelsIn('max by (rule, x) (call_log_problem{y="1",z=~"2"})')).toEqual([
    "y",
    "z",
    "rule",
    "x",
  ]);
});
