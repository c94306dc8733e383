import { z } from "zod";

import { cursorInput } from "../query/inputs/list-input.ts";
import { limit, skip } from "../query/inputs/page.ts";
import { objectId } from "../value/object-id.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { shortText } from "../value/short-text.ts";
import { timestamp, timestampInput } from "../value/timestamp.ts";
import { WEBHOOK_EVENT_TYPES } from "./webhook-event.ts";

/** What a delivery is sent as: an event as a webhook, or an act at the source of an alert. */
export const DELIVERY_KINDS = ["webhook", "source"] as const;

/** What a delivery is sent as. */
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];

/** State of a delivery: it is to be sent, was taken by the receiver, or was given up. */
export const DELIVERY_STATES = ["pending", "delivered", "failed"] as const;

/** State of a delivery. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Most tries that a delivery keeps; older ones are dropped. */
export const MAX_KEPT_TRIES = 20;

/** Most characters that are kept of an answer's body. */
export const MAX_KEPT_ANSWER = 1024;

/** One try to deliver: when, what was answered, and how long that took. */
export const deliveryTry = z.object({
  at: timestamp,
  milliseconds: z.number().int(),
  status: z.number().int().optional().meta({ description: "HTTP status of the answer" }),
  answer: z.string().optional().meta({ description: "First 1024 characters of its body" }),
  error: z.string().optional().meta({ description: "Why it did not succeed" }),
});

/** One try to deliver. */
export type DeliveryTry = z.output<typeof deliveryTry>;

/** A delivery as it is listed. */
export const webhookDelivery = z
  .object({
    _id: z.string(),
    kind: z.enum(DELIVERY_KINDS),
    projectId: z.string().optional().meta({ description: "Absent: it is the installation's" }),
    endpointId: z.string().meta({ description: "Endpoint, or alert source, that it goes to" }),
    url: z.string().optional().meta({
      description: "Address, where it is not that of the endpoint: of a request's `notify`",
    }),
    eventId: z.string().meta({ description: "Header webhook-id; the same in every try" }),
    type: z.enum(WEBHOOK_EVENT_TYPES),
    callLogId: z.string().optional(),
    problemId: z.string().optional(),
    state: z.enum(DELIVERY_STATES),
    createdAt: timestamp,
    dueAt: timestamp.optional().meta({ description: "When it is tried next, at the earliest" }),
    endedAt: timestamp.optional(),
    tryCount: z.number().int(),
    tries: z.array(deliveryTry).meta({ description: "The last 20 tries" }),
    expireAt: timestamp.meta({ description: "When it is deleted" }),
  })
  .meta({ id: "WebhookDelivery", title: "Webhook delivery" });

/** A delivery as it is listed. */
export type WebhookDelivery = z.output<typeof webhookDelivery>;

/** A delivery with the body that is sent. */
export const sentWebhookDelivery = webhookDelivery
  .extend({ body: z.string().meta({ description: "The body, byte for byte as it is signed" }) })
  .meta({ id: "SentWebhookDelivery", title: "Webhook delivery with its body" });

/** A delivery with the body that is sent. */
export type SentWebhookDelivery = z.output<typeof sentWebhookDelivery>;

/** Which deliveries to list, newest first. */
export const deliveryListInput = onlyKeys({
  endpointId: shortText(100).optional().meta({ description: "Those to this endpoint" }),
  callLogId: shortText(100).optional().meta({ description: "Those of events of this call" }),
  type: z
    .enum(WEBHOOK_EVENT_TYPES, { error: `must be one of: ${WEBHOOK_EVENT_TYPES.join(", ")}` })
    .optional()
    .meta({ description: "Those of events of this type" }),
  from: timestampInput.optional().meta({ description: "Those made from then on" }),
  to: timestampInput.optional().meta({ description: "Those made before then" }),
  state: z
    .enum([...DELIVERY_STATES, "all"], {
      error: `must be one of: ${DELIVERY_STATES.join(", ")}, all`,
    })
    .default("all"),
  skip,
  limit,
  cursor: cursorInput.optional(),
}).refine((input) => input.cursor === undefined || input.skip === 0, {
  path: ["skip"],
  error: "must be 0 or absent when a cursor is given",
});

/** Which deliveries to list, parsed. */
export type DeliveryListQuery = z.output<typeof deliveryListInput>;

/** Which deliveries of an endpoint to send again: those made in a span, failed ones alone or all. */
export const deliveryReplay = onlyKeys({
  from: timestampInput.meta({ description: "Of events from then on" }),
  to: timestampInput.optional().meta({ description: "Before then; now when absent" }),
  only: z
    .enum(["failed", "all"], { error: "must be one of: failed, all" })
    .default("failed")
    .meta({ description: "Failed deliveries alone, or also those that arrived" }),
}).meta({ id: "DeliveryReplay", title: "Replay of deliveries" });

/** Since when what failed is sent again: to one endpoint, or to all that are enabled. */
export const failedResend = onlyKeys({
  since: timestampInput.meta({ description: "Of events from then on" }),
  endpointId: objectId.optional().meta({ description: "To this endpoint alone" }),
}).meta({ id: "FailedResend", title: "Failed deliveries to send again" });

/** Which deliveries of an endpoint to send again, parsed. */
export type DeliveryReplay = z.output<typeof deliveryReplay>;
