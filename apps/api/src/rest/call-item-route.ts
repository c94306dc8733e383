import { type itemInput, PROPERTIES } from "@call-log/model";
import type { z } from "zod";

import { EXAMPLE_CALL_LOG } from "./example-call-log.ts";
import { callLogResponse } from "./response-schemas.ts";
import { idOf } from "./rest-input.ts";
import type { RestRoute } from "./rest-route.ts";

const EVERYTHING = Object.fromEntries(
  Object.keys(PROPERTIES).map((name) => [name, true]),
) as z.input<typeof itemInput>["select"];

/** A whole call log, at the address under which it is canceled and called again; browsers get its screen there. */
export const CALL_ITEM: RestRoute = {
  name: "readCall",
  methods: ["GET"],
  path: "/calls/:id",
  isScreen: true,
  operation: "read",
  summary: "Read a call",
  description:
    "One call log with every property. A browser that asks for HTML without a key gets the dashboard's page.",
  answers: {
    200: {
      description: "The call log",
      schema: callLogResponse,
      example: EXAMPLE_CALL_LOG.item.response,
    },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => ({
    body: await caller.callLog.getItem({ ...idOf(request), select: EVERYTHING }),
  }),
};
