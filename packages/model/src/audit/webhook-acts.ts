const WEBHOOK_FIELDS = ["url", "events", "description", "enabled", "disabledBy"] as const;

/** Acts on webhook endpoints and their deliveries; part of `ACTS`. */
export const WEBHOOK_ACTS = {
  "webhook.create": {
    title: "Webhook created",
    description: "A webhook endpoint was created; its secret is not in the line",
    target: "webhook",
    fields: WEBHOOK_FIELDS,
    facts: [],
  },
  "webhook.update": {
    title: "Webhook changed",
    description: "A webhook endpoint was changed, enabled or disabled",
    target: "webhook",
    fields: WEBHOOK_FIELDS,
    facts: [],
  },
  "webhook.delete": {
    title: "Webhook deleted",
    description: "A webhook endpoint was deleted",
    target: "webhook",
    fields: WEBHOOK_FIELDS,
    facts: [],
  },
  "webhook.rotate-secret": {
    title: "Webhook secret rotated",
    description: "A webhook endpoint was given a new secret; the secrets are not in the line",
    target: "webhook",
    fields: [],
    facts: ["previousUntil"],
  },
  "webhook.show-secret": {
    title: "Webhook secret shown",
    description: "The secret of a webhook endpoint was shown to somebody",
    target: "webhook",
    fields: [],
    facts: [],
  },
  "webhook.disable": {
    title: "Webhook disabled",
    description: "call-log disabled a webhook endpoint, which failed for days or answered 410",
    target: "webhook",
    fields: ["enabled", "disabledBy"],
    facts: ["failingSince"],
  },
  "webhook.resend": {
    title: "Webhook sent again",
    description: "A delivery of a webhook was sent again",
    target: "webhook",
    fields: [],
    facts: ["deliveryId"],
  },
  "webhook.replay": {
    title: "Webhooks replayed",
    description: "The deliveries of a span of time were sent again; how many",
    target: "webhook",
    fields: [],
    facts: ["from", "to", "only", "deliveries"],
  },
} as const;
