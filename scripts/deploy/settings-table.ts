import { readFileSync } from "node:fs";
import path from "node:path";

import { section, tableRows } from "../../docs/markdown.ts";

/** A setting as `docs/reference/settings.md` describes it; a test compares that page with the schemas. */
export interface Setting {
  name: string;
  /** Which table of the page it is in. */
  table: (typeof TABLES)[number];
  /** Which processes read it. */
  processes: readonly Process[];
  /** Default of the process that is deployed first: api, else worker, else standalone. None when it is unset or required. */
  fallback: string | undefined;
  /** Plain text, without Markdown. */
  meaning: string;
}

/** What a deployment runs. */
export type Process = (typeof PROCESSES)[number];

const PROCESSES = ["api", "worker", "standalone"] as const;
const TABLES = ["Processes", "Provider accounts", "Dispatcher"] as const;
const NOT_READ = "–";

/** Settings whose values nobody may read: in Kubernetes they belong into a Secret. */
export const SECRETS: readonly string[] = [
  "MONGODB_URI",
  "REDIS_URL",
  "SECRET_KEY",
  "SECRET_KEY_PREVIOUS",
  "BOOTSTRAP_API_KEY",
  "OIDC_CLIENT_SECRET",
  "HEALTH_WEBHOOK_SECRET",
  "METRICS_TOKEN",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_AUTH_TOKEN_SECONDARY",
  "TWILIO_API_KEY_SECRET",
  "TELNYX_API_KEY",
];

/** All settings of api, worker and standalone, in the order of the page. */
export function settingsTable(root: string): Setting[] {
  const page = readFileSync(path.join(root, "docs/reference/settings.md"), "utf8");
  return TABLES.flatMap((table) =>
    tableRows(section(page, table)).map((row) => settingOf(table, row)),
  );
}

/** Names of the settings that a process reads. */
export function settingsOf(process: Process, settings: readonly Setting[]): string[] {
  return settings.filter((one) => one.processes.includes(process)).map(({ name }) => name);
}

function settingOf(table: Setting["table"], [name, ...cells]: string[]): Setting {
  // Only the processes' table has a column for each; the others are read by all.
  const defaults = table === "Processes" ? cells.slice(0, 3) : PROCESSES.map(() => cells[0]);
  const processes = PROCESSES.filter((_, index) => defaults[index] !== NOT_READ);
  const fallback = defaults.find((value) => value !== NOT_READ);
  return {
    name: name!,
    table,
    processes,
    fallback: fallback === "required" || fallback === "none" ? undefined : fallback,
    meaning: plainText(cells.at(-1)!),
  };
}

function plainText(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]+)\]\((?:\.\.\/)?([^)]+)\)/g, (_, words: string, target: string) => {
      const folder = target.startsWith("guides/") ? "docs" : "docs/reference";
      return `${words} (${folder}/${target})`;
    })
    .replaceAll("`", "");
}
