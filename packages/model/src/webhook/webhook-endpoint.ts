import { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";
import { trimmedText } from "../value/short-text.ts";
import { timestamp } from "../value/timestamp.ts";
import {
  PROBLEM_EVENT_TYPES,
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
  webhookEventTypes,
} from "./webhook-event.ts";
import { webhookSecret } from "./webhook-secret.ts";
import { webhookUrl } from "./webhook-url.ts";

/** Most endpoints of a project, and of the installation. */
export const MAX_WEBHOOK_ENDPOINTS = 50;

const description = trimmedText(200).meta({
  description: "What it is for, in your words",
  example: "Incident bot",
});

/** Input that makes an endpoint. */
export const newWebhookEndpoint = onlyKeys({
  url: webhookUrl,
  events: webhookEventTypes.optional().meta({
    description: "Types of events to send; all that its scope has when absent",
  }),
  description: description.optional(),
  secret: webhookSecret.optional().meta({ description: "Made by call-log when absent" }),
}).meta({ id: "NewWebhookEndpoint", title: "New webhook endpoint" });

/** Input that makes an endpoint, parsed. */
export type NewWebhookEndpoint = z.output<typeof newWebhookEndpoint>;

/** Input that changes an endpoint; what is absent stays. */
export const webhookEndpointChange = onlyKeys({
  url: webhookUrl.optional(),
  events: webhookEventTypes.optional(),
  description: description.nullable().optional().meta({ description: "null removes it" }),
  enabled: z.boolean({ error: "must be true or false" }).optional().meta({
    description: "False: nothing is sent to it. True also ends a disablement by failures",
  }),
}).meta({ id: "WebhookEndpointChange", title: "Change of a webhook endpoint" });

/** Input that changes an endpoint, parsed. */
export type WebhookEndpointChange = z.output<typeof webhookEndpointChange>;

const MAX_OVERLAP_SECONDS = 7 * 86_400;
const OVERLAP_ERROR = `must be a whole number of seconds, 0 to ${MAX_OVERLAP_SECONDS}`;

/** Input that gives an endpoint a new secret. */
export const webhookSecretRotation = onlyKeys({
  secret: webhookSecret.optional().meta({ description: "Made by call-log when absent" }),
  overlapSeconds: z
    .int({ error: OVERLAP_ERROR })
    .min(0, { error: OVERLAP_ERROR })
    .max(MAX_OVERLAP_SECONDS, { error: OVERLAP_ERROR })
    .default(86_400)
    .meta({ description: "How long webhooks are signed with the present secret, too" }),
}).meta({ id: "WebhookSecretRotation", title: "Rotation of a webhook secret" });

/** Input that gives an endpoint a new secret, parsed. */
export type WebhookSecretRotation = z.output<typeof webhookSecretRotation>;

/** Why an endpoint gets nothing: a person disabled it, it failed for days, or it answered 410 Gone. */
export const WEBHOOK_DISABLED_BY = ["person", "failures", "gone"] as const;

/** Why an endpoint gets nothing. */
export type WebhookDisabledBy = (typeof WEBHOOK_DISABLED_BY)[number];

/** An endpoint as it is shown; its secrets are read by a call of their own. */
export const webhookEndpoint = z
  .object({
    _id: z.string(),
    projectId: z.string().optional().meta({
      description: "Absent: it is the installation's, and gets events of problems",
    }),
    url: z.string(),
    description: z.string().optional(),
    events: z.array(z.enum(WEBHOOK_EVENT_TYPES)),
    enabled: z.boolean(),
    disabledBy: z.enum(WEBHOOK_DISABLED_BY).optional(),
    disabledAt: timestamp.optional(),
    failingSince: timestamp.optional().meta({
      description: "First failure since the last success; absent after a success",
    }),
    lastSuccessAt: timestamp.optional(),
    lastError: z.string().optional().meta({ description: "What the last failed try said" }),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "WebhookEndpoint", title: "Webhook endpoint" });

/** An endpoint as it is shown. */
export type WebhookEndpoint = z.output<typeof webhookEndpoint>;

/** A secret of an endpoint: the current one, or one that is on its way out. */
export interface WebhookSecret {
  secret: string;
  createdAt: Date;
  /** Until then it signs, too; absent for the current one. */
  until?: Date;
}

/** Types of events that an endpoint of a project, or of the installation, may ask for. */
export function eventTypesOfScope(projectId: string | undefined): readonly WebhookEventType[] {
  return projectId === undefined ? PROBLEM_EVENT_TYPES : WEBHOOK_EVENT_TYPES;
}
