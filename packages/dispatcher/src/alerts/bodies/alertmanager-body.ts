import type { Alert, AlertBody, UnreadAlert } from "@call-log/model";

import {
  firstText,
  type JsonObject,
  madeFingerprint,
  objectOf,
  pageOf,
  textOf,
  textsOf,
  timeOf,
} from "./body-fields.ts";

const NO_STATUS = 'must be "firing" or "resolved"';

/**
 * Alertmanager's webhook, version 4: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config. Undefined for another body.
 */
export function readAlertmanager(body: unknown): AlertBody | undefined {
  const group = objectOf(body);
  const alerts = group?.["alerts"];
  if (group === undefined || !Array.isArray(alerts)) return undefined;
  const truncated = Number(textOf(group, "truncatedAlerts"));
  return {
    alerts: alerts.map((alert: unknown, index) => readLabelled(alert, `alerts[${index}]`)),
    groupKey: textOf(group, "groupKey") || undefined,
    groupLabels: textsOf(group["commonLabels"]),
    sourceUrl: pageOf(textOf(group, "externalURL")),
    ...(truncated > 0 && { truncated }),
  };
}

/** One alert with labels and annotations, as Alertmanager and Grafana write it. */
export function readLabelled(value: unknown, path: string): Alert | UnreadAlert {
  const alert = objectOf(value);
  if (alert === undefined) return { path, reason: "must be an object" };
  const status = textOf(alert, "status");
  if (status !== "firing" && status !== "resolved")
    return { path: `${path}.status`, reason: NO_STATUS };
  const labels = textsOf(alert["labels"]);
  const annotations = textsOf(alert["annotations"]);
  const named = firstText(labels["alertname"] ?? "", "An alert");
  const title = firstText(annotations["summary"] ?? "", annotations["title"] ?? "", named);
  return {
    fingerprint: firstText(textOf(alert, "fingerprint"), madeFingerprint(named, labels)),
    status,
    title,
    text: firstText(annotations["description"] ?? "", annotations["message"] ?? ""),
    severity: labels["severity"],
    labels,
    annotations,
    startsAt: timeOf(textOf(alert, "startsAt")),
    ...(status === "resolved" && { endsAt: timeOf(textOf(alert, "endsAt")) }),
    url: linkOf(alert),
    document: alert,
  };
}

function linkOf(alert: JsonObject): string | undefined {
  const links = ["panelURL", "dashboardURL", "generatorURL"].map((name) => textOf(alert, name));
  return pageOf(firstText(...links));
}
