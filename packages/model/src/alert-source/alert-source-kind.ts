/** A program that sends alerts, and whose body call-log can read. */
export interface AlertSourceKindEntry {
  /** For people, such as "Uptime Kuma". */
  title: string;
  /** The document that describes the body. */
  documentation: string;
  /** Our guide, by its path in the checkout. */
  guide: string;
}

/** Every kind of alert source. */
export const ALERT_SOURCE_KINDS = {
  alertmanager: {
    title: "Prometheus Alertmanager",
    documentation: "https://prometheus.io/docs/alerting/latest/configuration/#webhook_config",
    guide: "docs/guides/from-alertmanager-and-grafana.md",
  },
  grafana: {
    title: "Grafana Alerting",
    documentation:
      "https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/",
    guide: "docs/guides/from-alertmanager-and-grafana.md",
  },
  "uptime-kuma": {
    title: "Uptime Kuma",
    documentation: "https://github.com/louislam/uptime-kuma/wiki/Notification-Methods",
    guide: "docs/guides/alerts-from-uptime-kuma.md",
  },
  pagerduty: {
    title: "PagerDuty Events API v2",
    documentation: "https://developer.pagerduty.com/docs/send-alert-event",
    guide: "docs/guides/alerts-from-pagerduty.md",
  },
  oneuptime: {
    title: "OneUptime",
    documentation: "https://oneuptime.com/docs/workflows/index",
    guide: "docs/guides/alerts-from-oneuptime.md",
  },
  zabbix: {
    title: "Zabbix",
    documentation:
      "https://www.zabbix.com/documentation/current/en/manual/config/notifications/media/webhook",
    guide: "docs/guides/alerts-from-zabbix.md",
  },
  json: {
    title: "JSON",
    documentation: "https://www.rfc-editor.org/rfc/rfc6901",
    guide: "docs/guides/alerts-from-json.md",
  },
} as const satisfies Record<string, AlertSourceKindEntry>;

/** Name of a kind of alert source, as it is in the address of a webhook. */
export type AlertSourceKind = keyof typeof ALERT_SOURCE_KINDS;

/** Names of all kinds. */
export const ALERT_SOURCE_KIND_NAMES = Object.keys(ALERT_SOURCE_KINDS) as [
  AlertSourceKind,
  ...AlertSourceKind[],
];

/** True for the name of a kind. */
export function isAlertSourceKind(name: string): name is AlertSourceKind {
  return Object.hasOwn(ALERT_SOURCE_KINDS, name);
}
