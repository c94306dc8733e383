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

/** Body that Alertmanager posts to a webhook. Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const alertmanagerWebhook = z.object({
  version: z.literal("4"),
  // Parsed one by one, so that an invalid alert does not block the others.
  alerts: z.array(z.unknown()),
});
