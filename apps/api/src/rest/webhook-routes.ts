import {
  deliveryReplay,
  newWebhookEndpoint,
  shortText,
  webhookEndpointChange,
  webhookSecretRotation,
} from "@call-log/model";
import { z } from "zod";

import { bodyOf, idOf } from "./rest-input.ts";
import type { RestRoute } from "./rest-route.ts";
import { EXAMPLE_ENDPOINT, EXAMPLE_SECRET } from "./webhook-examples.ts";
import { webhookProcedures } from "./webhook-procedures.ts";
import {
  createdEndpointResponse,
  endpointResponse,
  endpointsResponse,
  resentResponse,
  rotatedResponse,
  secretsResponse,
  testResponse,
} from "./webhook-responses.ts";

const list: RestRoute = {
  name: "listWebhooks",
  methods: ["GET"],
  path: "/webhooks",
  hasInstallation: true,
  isScreen: true,
  operation: "read",
  summary: "List webhook endpoints",
  description:
    "The endpoints of the key's project, with what became of their deliveries in the last 24 hours. A key that may not administer sees no more of an address than its host. A browser that asks for HTML without a key gets the dashboard's page.",
  answers: {
    200: {
      description: "The endpoints",
      schema: endpointsResponse,
      example: { endpoints: [EXAMPLE_ENDPOINT] },
    },
  },
  refusals: [],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).list(undefined),
  }),
};

const create: RestRoute = {
  name: "createWebhook",
  methods: ["POST"],
  path: "/webhooks",
  hasInstallation: true,
  operation: "administer",
  summary: "Create a webhook endpoint",
  description:
    "From now on, events of these types are posted to the address, signed as [Standard Webhooks](https://www.standardwebhooks.com) specifies. The answer has the secret to verify them with.",
  body: {
    required: true,
    schema: newWebhookEndpoint,
    examples: {
      "Every event": { url: EXAMPLE_ENDPOINT.url },
      "What an incident bot needs": {
        url: EXAMPLE_ENDPOINT.url,
        events: ["call.acknowledged", "call.exhausted"],
        description: "Incident bot",
      },
    },
  },
  answers: {
    201: {
      description: "Created",
      schema: createdEndpointResponse,
      example: { endpoint: EXAMPLE_ENDPOINT, secret: EXAMPLE_SECRET },
    },
  },
  refusals: ["CONFLICT"],
  call: async (caller, request) => ({
    status: 201,
    body: await webhookProcedures(caller, request).create(bodyOf(request)),
  }),
};

const read: RestRoute = {
  name: "readWebhook",
  methods: ["GET"],
  path: "/webhooks/:id",
  hasInstallation: true,
  operation: "read",
  summary: "Read a webhook endpoint",
  description: "One endpoint: its state, and why and since when it is disabled.",
  answers: {
    200: { description: "The endpoint", schema: endpointResponse, example: EXAMPLE_ENDPOINT },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).get(idOf(request)),
  }),
};

const update: RestRoute = {
  name: "updateWebhook",
  methods: ["PATCH"],
  path: "/webhooks/:id",
  hasInstallation: true,
  operation: "administer",
  summary: "Change a webhook endpoint",
  description:
    "What is absent stays. `enabled: true` ends a disablement by failures; the failed deliveries of that time are sent again by a replay.",
  body: {
    required: true,
    schema: webhookEndpointChange,
    examples: {
      "Other events": { events: ["call.exhausted"] },
      "Enable it again": { enabled: true },
    },
  },
  answers: {
    200: { description: "The endpoint", schema: endpointResponse, example: EXAMPLE_ENDPOINT },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).update({ ...bodyOf(request), ...idOf(request) }),
  }),
};

const remove: RestRoute = {
  name: "deleteWebhook",
  methods: ["DELETE"],
  path: "/webhooks/:id",
  hasInstallation: true,
  operation: "administer",
  summary: "Delete a webhook endpoint",
  description: "Nothing more is sent to it; what waits for it is dropped.",
  answers: {
    200: {
      description: "Deleted",
      schema: z.object({ deleted: z.literal(true) }),
      example: { deleted: true },
    },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).delete(idOf(request)),
  }),
};

const secretId = shortText(100).meta({ description: "Id of the endpoint, or `notify`" });

const secretsExample = { secret: EXAMPLE_SECRET, previous: [] };

const revealSecret: RestRoute = {
  name: "revealWebhookSecret",
  methods: ["POST"],
  path: "/webhooks/:id/secret",
  hasInstallation: true,
  id: secretId,
  operation: "administer",
  summary: "Show the secret of a webhook endpoint",
  description:
    "Of an endpoint, or with `notify` as the id: of the addresses that requests name in `notify`. Leaves a line in the audit trail.",
  answers: {
    200: { description: "The secrets", schema: secretsResponse, example: secretsExample },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).revealSecret(idOf(request)),
  }),
};

const rotatedExample = { secret: EXAMPLE_SECRET, previousUntil: "2026-11-27T10:00:00.000Z" };

const rotateSecret: RestRoute = {
  name: "rotateWebhookSecret",
  methods: ["POST"],
  path: "/webhooks/:id/rotate-secret",
  hasInstallation: true,
  id: secretId,
  operation: "administer",
  summary: "Replace the secret of a webhook endpoint",
  description:
    "Until the overlap ends, events are signed with both secrets, so that a receiver may change from one to the other at any time in between. `notify` as the id is the secret of the addresses that requests name.",
  body: {
    required: false,
    schema: webhookSecretRotation,
    examples: { "Both for a day": {}, "At once, since it leaked": { overlapSeconds: 0 } },
  },
  answers: {
    200: { description: "The new secret", schema: rotatedResponse, example: rotatedExample },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).rotateSecret({
      ...bodyOf(request),
      ...idOf(request),
    }),
  }),
};

const tryOut: RestRoute = {
  name: "testWebhook",
  methods: ["POST"],
  path: "/webhooks/:id/test",
  hasInstallation: true,
  operation: "administer",
  summary: "Test a webhook endpoint",
  description:
    "Sends one signed event of type `webhook.test` now, and answers with what the receiver answered. It is tried once, also to a disabled endpoint, and is not among the deliveries.",
  answers: {
    200: {
      description: "What came of it",
      schema: testResponse,
      example: {
        delivered: true,
        eventId: "test-4f8c0f0e-6f0e-4c55-9a3e-0f6f0a3b1c11",
        at: "2026-11-26T10:00:00.000Z",
        milliseconds: 87,
        status: 200,
        answer: "ok",
      },
    },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).test(idOf(request)),
  }),
};

const replay: RestRoute = {
  name: "replayWebhook",
  methods: ["POST"],
  path: "/webhooks/:id/replay",
  hasInstallation: true,
  operation: "dispatch",
  summary: "Send the deliveries of a time again",
  description:
    'Those to this endpoint of events in the span, with the same ids and bodies: the failed ones, or with `only: "all"` also those that arrived.',
  body: {
    required: true,
    schema: deliveryReplay,
    examples: {
      "What failed since last night": { from: "2026-11-25T20:00:00Z" },
      "Everything of an hour": {
        from: "2026-11-25T20:00:00Z",
        to: "2026-11-25T21:00:00Z",
        only: "all",
      },
    },
  },
  answers: {
    200: { description: "How many", schema: resentResponse, example: { deliveries: 12 } },
  },
  refusals: ["NOT_FOUND", "CONFLICT"],
  call: async (caller, request) => ({
    body: await webhookProcedures(caller, request).deliveries.replay({
      ...bodyOf(request),
      ...idOf(request),
    }),
  }),
};

/** Webhook endpoints of a project. Not under `/api`, since OneUptime has other ones. */
export const WEBHOOK_ROUTES: readonly RestRoute[] = [
  list,
  create,
  read,
  update,
  remove,
  revealSecret,
  rotateSecret,
  tryOut,
  replay,
];
