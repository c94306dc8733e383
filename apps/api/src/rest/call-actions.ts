import { callNowRequest, callResolution } from "@call-log/model";

import { acceptedReply, REPLAYED_HEADERS } from "./accepted-reply.ts";
import { dispatchResponse, stateResponse } from "./response-schemas.ts";
import { bodyOf, idOf } from "./rest-input.ts";
import type { RestRoute } from "./rest-route.ts";

const _id = "0198f2a4-1111-7000-8000-000000000001";

const cancel: RestRoute = {
  name: "cancelCall",
  methods: ["POST"],
  path: "/calls/:id/cancel",
  operation: "dispatch",
  summary: "Cancel a call",
  description:
    "At once while it waits, else by ending it at the provider; no further attempt follows. Refused while the call is being handed over, and while it is `Unknown`.",
  answers: {
    200: {
      description: "Where the call stands now",
      schema: stateResponse,
      example: { _id, status: "Canceled" },
    },
  },
  refusals: ["NOT_FOUND", "CONFLICT"],
  call: async (caller, request) => ({
    body: await caller.calls.cancel({ ...bodyOf(request), ...idOf(request) }),
  }),
};

const callNow: RestRoute = {
  name: "callNow",
  methods: ["POST"],
  path: "/calls/:id/call-now",
  operation: "dispatch",
  summary: "Call now what waits",
  description:
    "Has a call that waits dialled at once, for a reason that its timeline and the audit trail keep: past its scheduled time, the wait before its next attempt, quiet hours and the limits to its number. Not past a pause, its deadline, the numbers that must not be called, or the budget. Asked twice, it is one call.",
  body: {
    required: true,
    schema: callNowRequest,
    examples: { "In quiet hours": { reason: "The customer asked to be called tonight" } },
  },
  answers: {
    200: {
      description: "Where the call stands now",
      schema: stateResponse,
      example: { _id, status: "Queued" },
    },
  },
  refusals: ["NOT_FOUND", "CONFLICT"],
  call: async (caller, request) => ({
    body: await caller.calls.callNow({ ...bodyOf(request), ...idOf(request) }),
  }),
};

const retry: RestRoute = {
  name: "callAgain",
  methods: ["POST"],
  path: "/calls/:id/retry",
  operation: "dispatch",
  summary: "Call again",
  description:
    "A new call log from what was asked for in one that is over, linked to it by `retryOf`. Asked twice, it is the same new call log. Refused while the call is `Unknown`.",
  answers: {
    202: {
      description: "Accepted and recorded",
      schema: dispatchResponse,
      example: { _id, status: "Queued" },
    },
    200: {
      description: "It was called again before; nothing new happens",
      schema: dispatchResponse,
      example: { _id, status: "Completed" },
      headers: REPLAYED_HEADERS,
    },
  },
  refusals: ["NOT_FOUND", "CONFLICT", "UNPROCESSABLE_CONTENT"],
  call: async (caller, request) => {
    const input = { ...bodyOf(request), ...idOf(request) };
    return acceptedReply(await caller.calls.retry(input));
  },
};

const resolve: RestRoute = {
  name: "resolveCall",
  methods: ["POST"],
  path: "/calls/:id/resolve",
  operation: "dispatch",
  summary: "Resolve an unknown call",
  description:
    "For a call that is held as `Unknown`, by a person who has looked at the provider: it was never placed, or it is a certain call there, or it is to be called again whatever became of it.",
  body: {
    required: true,
    schema: callResolution,
    examples: {
      "It was never placed": { as: "not-placed" },
      "Call again: a double call beats none": { as: "call-again" },
      "It is this call": { as: "placed", providerCallId: "CA0123456789abcdef0123456789abcdef" },
    },
  },
  answers: {
    200: {
      description: "Where the call stands now",
      schema: stateResponse,
      example: { _id, status: "Failed" },
    },
  },
  refusals: ["NOT_FOUND", "CONFLICT"],
  call: async (caller, request) => ({
    body: await caller.calls.resolve({ ...bodyOf(request), ...idOf(request) }),
  }),
};

/**
 * Acts on a call. Not under `/api`: there every route that OneUptime does not have is a 404, so that its clients find what they
 * expect.
 */
export const CALL_ACTIONS: readonly RestRoute[] = [cancel, callNow, retry, resolve];
