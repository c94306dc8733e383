import { deliveryListInput, failedResend, shortText, webhookDelivery } from "@call-log/model";
import type { FastifyRequest } from "fastify";

import { bodyOf, idOf, pageOf } from "./rest-input.ts";
import type { RestRoute } from "./rest-route.ts";
import { EXAMPLE_BODY, EXAMPLE_DELIVERY, EXAMPLE_ENDPOINT } from "./webhook-examples.ts";
import { webhookProcedures } from "./webhook-procedures.ts";
import { deliveriesResponse, deliveryResponse, resentResponse } from "./webhook-responses.ts";

const { skip, limit, ...filters } = deliveryListInput.shape;
const FILTERS = Object.keys(filters);

const id = shortText(300).meta({ description: "Id of the delivery" });

const list: RestRoute = {
  name: "listWebhookDeliveries",
  methods: ["GET"],
  path: "/webhook-deliveries",
  hasInstallation: true,
  operation: "read",
  summary: "List webhook deliveries",
  description:
    "What was sent, is being tried or was given up, newest first, with every try. To go on, send `nextCursor` back as `cursor`, with the same filters.",
  query: { ...filters, skip, limit },
  answers: {
    200: {
      description: "One page",
      schema: deliveriesResponse,
      example: { data: [EXAMPLE_DELIVERY], count: 1, skip: 0, limit: 10 },
    },
  },
  refusals: [],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).deliveries.list({
      ...filtersOf(request),
      ...pageOf(request),
    }),
  }),
};

const read: RestRoute = {
  name: "readWebhookDelivery",
  methods: ["GET"],
  path: "/webhook-deliveries/:id",
  hasInstallation: true,
  id,
  operation: "read",
  summary: "Read a webhook delivery",
  description:
    "One delivery with the body that is sent. A key that reads masked gets the body masked, and no answers of the receiver.",
  answers: {
    200: {
      description: "The delivery",
      schema: deliveryResponse,
      example: { ...EXAMPLE_DELIVERY, body: EXAMPLE_BODY },
    },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).deliveries.get(idOf(request)),
  }),
};

const resend: RestRoute = {
  name: "resendWebhookDelivery",
  methods: ["POST"],
  path: "/webhook-deliveries/:id/resend",
  hasInstallation: true,
  id,
  operation: "dispatch",
  summary: "Send a webhook delivery again",
  description:
    "The same event with the same id, now; then retried like a new one. Refused for a disabled endpoint.",
  answers: {
    200: {
      description: "The delivery as it is now",
      schema: webhookDelivery,
      example: { ...EXAMPLE_DELIVERY, state: "pending" },
    },
  },
  refusals: ["NOT_FOUND", "CONFLICT"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).deliveries.resend(idOf(request)),
  }),
};

const resendFailed: RestRoute = {
  name: "resendFailedWebhookDeliveries",
  methods: ["POST"],
  path: "/webhook-deliveries/resend-failed",
  hasInstallation: true,
  operation: "dispatch",
  summary: "Send all failed webhook deliveries since a time again",
  description:
    "To every enabled endpoint, or to one: the failed deliveries of events from then on, with the same ids and bodies.",
  body: {
    required: true,
    schema: failedResend,
    examples: {
      "After an outage of your receivers": { since: "2026-11-25T20:00:00Z" },
      "To one endpoint": { since: "2026-11-25T20:00:00Z", endpointId: EXAMPLE_ENDPOINT._id },
    },
  },
  answers: {
    200: { description: "How many", schema: resentResponse, example: { deliveries: 12 } },
  },
  refusals: ["NOT_FOUND", "CONFLICT"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).deliveries.resendFailed(bodyOf(request)),
  }),
};

function filtersOf({ query }: FastifyRequest): Record<string, unknown> {
  const given = Object.entries(query as Record<string, unknown>);
  return Object.fromEntries(given.filter(([name]) => FILTERS.includes(name)));
}

/** Deliveries of webhooks. */
export const WEBHOOK_DELIVERY_ROUTES: readonly RestRoute[] = [list, read, resend, resendFailed];
