import type { Alert, AlertBody } from "@call-log/model";
import { isUnread } from "@call-log/model";

import { readLabelled } from "./alertmanager-body.ts";
import { objectOf, pageOf, textOf, textsOf } from "./body-fields.ts";

/** Name of the alert that "Test" sends for a contact point. */
const TEST_ALERT = "TestAlert";

/**
 * Grafana Alerting's webhook:
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/.
 * Undefined for another body.
 */
export function readGrafana(body: unknown): AlertBody | undefined {
  const group = objectOf(body);
  const alerts = group?.["alerts"];
  if (group === undefined || !Array.isArray(alerts)) return undefined;
  const truncated = Number(textOf(group, "truncatedAlerts"));
  return {
    alerts: alerts.map((one: unknown, index) => {
      const alert = readLabelled(one, `alerts[${index}]`);
      return isUnread(alert) ? alert : withTest(alert);
    }),
    groupKey: textOf(group, "groupKey") || undefined,
    groupLabels: textsOf(group["commonLabels"]),
    sourceUrl: pageOf(textOf(group, "externalURL")),
    ...(truncated > 0 && { truncated }),
  };
}

function withTest(alert: Alert): Alert {
  const isTest = alert.labels["alertname"] === TEST_ALERT && alert.labels["instance"] === "Grafana";
  return isTest ? { ...alert, isAlwaysNew: true } : alert;
}
