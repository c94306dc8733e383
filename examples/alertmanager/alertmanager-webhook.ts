import { z } from "zod";

const texts = z.record(z.string(), z.string());

/** One alert of a notification. */
export const alert = z.object({
  status: z.enum(["firing", "resolved"]),
  labels: texts,
  annotations: texts,
  startsAt: z.iso.datetime({ offset: true }),
  fingerprint: z.string().min(1),
});

/** One alert of a notification. */
export type Alert = z.output<typeof alert>;

/**
 * Body that Alertmanager posts to a webhook, as version 4, and Grafana Alerting, as version 1; the alerts have the same fields. Sources:
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config and
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export const alertmanagerWebhook = z.object({
  version: z.enum(["4", "1"]),
  // Parsed one by one, so that an invalid alert does not block the others.
  alerts: z.array(z.unknown()),
});
