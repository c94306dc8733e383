import { writeFile } from "node:fs/promises";
import path from "node:path";

/** Alerts of the shop; the label `oncall` says who is called. */
const RULES = `groups:
  - name: shop
    rules:
      - alert: DatabaseDown
        expr: shop_database_up == 0
        labels: { severity: page, oncall: Ada }
        annotations: { summary: "The database of shop.example is down" }
      - alert: DiskFull
        expr: shop_disk_full == 1
        labels: { severity: page, oncall: Bob }
        annotations: { summary: "The disk of shop.example is full" }
`;

/** Write alertmanager.yml: every alert goes to an alert source of call-log, and is repeated soon. */
export async function writeAlertmanagerFile(folder: string, webhook: string): Promise<string> {
  const file = path.join(folder, "alertmanager.yml");
  await writeFile(
    file,
    `route:
  receiver: phone
  group_by: [alertname]
  group_wait: 1s
  group_interval: 1s
  repeat_interval: 2s
receivers:
  - name: phone
    webhook_configs:
      - url: ${webhook}
        send_resolved: true
`,
    { mode: 0o600 },
  );
  return file;
}

/** Write prometheus.yml and the rules: the shop is looked at every second. */
export async function writePrometheusFile(
  folder: string,
  { target, alertmanager }: { target: string; alertmanager: string },
): Promise<string> {
  const rules = path.join(folder, "rules.yml");
  const file = path.join(folder, "prometheus.yml");
  await writeFile(rules, RULES);
  await writeFile(
    file,
    `global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [${JSON.stringify(rules)}]
alerting:
  alertmanagers:
    - static_configs: [{ targets: ["${new URL(alertmanager).host}"] }]
scrape_configs:
  - job_name: shop
    static_configs: [{ targets: ["${target}"] }]
`,
  );
  return file;
}
