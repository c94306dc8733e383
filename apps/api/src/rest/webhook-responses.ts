import {
  type DELIVERY_STATES,
  sentWebhookDelivery,
  webhookDelivery,
  webhookEndpoint,
} from "@call-log/model";
import { z } from "zod";

const count = z.int().min(0);

/** Answer of one endpoint. */
export const endpointResponse = webhookEndpoint.extend({
  lastDay: z
    .object({ pending: count, delivered: count, failed: count } satisfies Record<
      (typeof DELIVERY_STATES)[number],
      z.ZodType
    >)
    .meta({ description: "Deliveries of the last 24 hours, by what has become of them" }),
});

/** Answer of the list of endpoints. */
export const endpointsResponse = z.object({ endpoints: z.array(endpointResponse) });

/** Answer of a new endpoint: the only one with its secret. */
export const createdEndpointResponse = z.object({ endpoint: endpointResponse, secret: z.string() });

/** Answer of what shows secrets. */
export const secretsResponse = z.object({
  secret: z.string().meta({ description: "The present secret" }),
  previous: z
    .array(z.object({ secret: z.string(), until: z.iso.datetime() }))
    .meta({ description: "Replaced secrets that still sign beside it, and how long" }),
});

/** Answer of what replaces a secret. */
export const rotatedResponse = z.object({
  secret: z.string().meta({ description: "The new secret" }),
  previousUntil: z.iso.datetime().meta({ description: "Until then the old one signs, too" }),
});

/** Answer of a test. */
export const testResponse = z.object({
  delivered: z.boolean().meta({ description: "True when the answer was 2xx" }),
  eventId: z.string().meta({ description: "Header webhook-id of the test" }),
  at: z.iso.datetime(),
  milliseconds: z.int().min(0).meta({ description: "How long the answer took" }),
  status: z.int().optional().meta({ description: "HTTP status of the answer" }),
  answer: z.string().optional().meta({ description: "First 1024 characters of its body" }),
  error: z.string().optional().meta({ description: "Why it did not succeed" }),
});

/** Answer of what sends deliveries again. */
export const resentResponse = z.object({
  deliveries: count.meta({ description: "How many are sent again" }),
});

/** Answer of the list of deliveries. */
export const deliveriesResponse = z.object({
  data: z.array(webhookDelivery),
  count: count.meta({ description: "How many match in all, whatever skip and limit" }),
  skip: count,
  limit: z.int().min(1),
  nextCursor: z
    .string()
    .optional()
    .meta({ description: "Goes on from here; absent on the last page" }),
});

/** Answer of one delivery. */
export const deliveryResponse = sentWebhookDelivery;
