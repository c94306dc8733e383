import { callRequest, countInput, itemInput, listInput } from "@call-log/model";
import { z } from "zod";

import { queryGuide } from "../openapi/query-guide.ts";
import { acceptedReply, REPLAYED_HEADERS } from "./accepted-reply.ts";
import { ALERT_SOURCE_ROUTES } from "./alert-source-routes.ts";
import { AUDIT_ROUTES } from "./audit-routes.ts";
import { CALL_ACTIONS } from "./call-actions.ts";
import { CALL_ITEM } from "./call-item-route.ts";
import { EXAMPLE_CALL_LOG } from "./example-call-log.ts";
import { HEALTH_REPORT_ROUTES } from "./health-report-routes.ts";
import {
  callLogResponse,
  countResponse,
  dispatchResponse,
  listResponse,
} from "./response-schemas.ts";
import { bodyOf, idOf, keyedBodyOf, pageOf } from "./rest-input.ts";
import type { RestRoute } from "./rest-route.ts";
import { WAIT_ROUTES } from "./wait-routes.ts";
import { WEBHOOK_DELIVERY_ROUTES } from "./webhook-delivery-routes.ts";
import { WEBHOOK_ROUTES } from "./webhook-routes.ts";

const { list, item, count } = EXAMPLE_CALL_LOG;
const { skip, limit } = listInput.shape;

const getList: RestRoute = {
  name: "listCallLogs",
  methods: ["POST", "GET"],
  path: "/api/call-log/get-list",
  operation: "read",
  summary: "List",
  description: [
    "A page of the call logs that match, newest first unless sorted otherwise. `count` is the number of all that match. `skip` and `limit` may stand in the body, too.",
    "**Deep paging.** As long as there is a further page and the sort is by `createdAt`, the answer has a `nextCursor`. Send it back as `cursor`, with the same query and sort and without `skip`: each page then costs as much as the first, and calls that come in meanwhile do not shift it.",
    "**In parts.** What takes the database longer than five seconds ends with 400. With `inParts`, it is answered as far as it is known: `count` is of the call logs from `countedFrom` on, and a page may be short, or empty, and have a `nextCursor`.",
    queryGuide(),
  ].join("\n\n"),
  query: { skip, limit },
  body: {
    required: false,
    schema: listInput,
    examples: {
      "The reference page's example": list.request,
      "Busy or not answered since a day": {
        select: { toNumber: true, status: true, attempts: true },
        query: {
          status: ["Busy", "No Answer"],
          createdAt: { _type: "GreaterThanOrEqual", value: "2026-11-23T00:00:00.000Z" },
        },
      },
      "One incident's calls, with its title": {
        select: { incident: { title: true }, status: true },
        query: { incident: "376d7300-28fe-11f1-b591-3fdcef396aba" },
      },
    },
  },
  answers: {
    200: { description: "One page", schema: listResponse, example: list.response },
  },
  refusals: [],
  call: async (caller, request) => ({
    body: await caller.callLog.getList({ ...bodyOf(request), ...pageOf(request) }),
  }),
};

const getItem: RestRoute = {
  name: "getCallLog",
  methods: ["POST", "GET"],
  path: "/api/call-log/:id/get-item",
  operation: "read",
  summary: "Get item by ID",
  description: "One call log of the key's project.",
  body: {
    required: false,
    schema: itemInput.omit({ id: true }),
    examples: {
      "The reference page's example": item.request,
      "How the call went": { select: { status: true, statusMessage: true, attempts: true } },
    },
  },
  answers: {
    200: { description: "The call log", schema: callLogResponse, example: item.response },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await caller.callLog.getItem({ ...bodyOf(request), ...idOf(request) }),
  }),
};

const ignored = z.unknown().meta({ description: "Ignored: a count has no pages" });

const getCount: RestRoute = {
  name: "countCallLogs",
  methods: ["POST"],
  path: "/api/call-log/count",
  operation: "read",
  summary: "Count",
  description: "How many call logs match. `select`, `sort`, `skip` and `limit` are ignored.",
  query: { skip: ignored, limit: ignored },
  body: {
    required: false,
    schema: countInput,
    examples: { "The reference page's example": count.request },
  },
  answers: {
    200: { description: "The number", schema: countResponse, example: count.response },
  },
  refusals: [],
  call: async (caller, request) => ({ body: await caller.callLog.count(bodyOf(request)) }),
};

const idempotencyKeyHeader = callRequest.shape.idempotencyKey.unwrap().meta({
  description: "The same as `idempotencyKey` in the body; sent in both places, it must be the same",
  example: "incident-123-page-1",
});

const accepted = { _id: "0198f2a4-1111-7000-8000-000000000001", status: "Queued" };

const dispatch: RestRoute = {
  name: "dispatchCall",
  methods: ["POST"],
  path: "/api/call-log",
  operation: "dispatch",
  summary: "Place a call",
  description:
    "Records the request, then has it dialled; the answer comes before any provider is asked. Give an `idempotencyKey`, and a request that is sent again places no second call.",
  headers: { "Idempotency-Key": idempotencyKeyHeader },
  body: {
    required: true,
    schema: callRequest,
    examples: {
      "Say something": {
        toNumber: "+1-555-999-8888",
        say: "The database of shop.example is down.",
        idempotencyKey: "incident-123-page-1",
      },
      "Ask for an acknowledgement, try three times": {
        toNumber: "+15559998888",
        say: [
          {
            gather: {
              say: "The database of shop.example is down. Press 4 to acknowledge.",
              on: { "4": { acknowledge: true, say: "Acknowledged." } },
            },
          },
        ],
        reachedWhen: "acknowledged",
        retry: { maxAttempts: 3, backoff: { type: "fixed", delaySeconds: 60 } },
        incident: { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Database down" },
      },
    },
  },
  answers: {
    202: { description: "Accepted and recorded", schema: dispatchResponse, example: accepted },
    200: {
      description: "The same idempotency key and request came before; nothing new happens",
      schema: dispatchResponse,
      example: { ...accepted, status: "Completed" },
      headers: REPLAYED_HEADERS,
    },
  },
  refusals: ["CONFLICT", "UNPROCESSABLE_CONTENT"],
  call: async (caller, request) => acceptedReply(await caller.calls.dispatch(keyedBodyOf(request))),
};

/** Every REST route with its documentation: those of the reference page in its order, then our own. */
export const REST_ROUTES: readonly RestRoute[] = [
  getList,
  getItem,
  getCount,
  dispatch,
  CALL_ITEM,
  ...WAIT_ROUTES,
  ...CALL_ACTIONS,
  ...AUDIT_ROUTES,
  ...WEBHOOK_ROUTES,
  ...WEBHOOK_DELIVERY_ROUTES,
  ...ALERT_SOURCE_ROUTES,
  ...HEALTH_REPORT_ROUTES,
];
