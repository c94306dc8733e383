import { CallLogError } from "@call-log/model";
import { authorize, createCaller } from "@call-log/router";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import type { DashboardPage } from "../dashboard/dashboard-page.ts";
import { noteForLog } from "../http/access-log.ts";
import { noteInSpan } from "../http/request-span.ts";
import { identify, requestContext } from "../request/request-context.ts";
import { refuseUnknownParameters } from "./rest-input.ts";
import { REST_ROUTES } from "./rest-route-table.ts";
import type { Caller } from "./rest-route.ts";

const ANY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Changing or deleting a call log: OneUptime's clients know these routes; here nobody may use them. */
const REFUSED_ROUTES = [
  { method: ["PUT", "DELETE"], url: "/api/call-log/:id" },
  { method: ANY_METHOD, url: "/api/call-log/:id/update-item" },
  { method: ANY_METHOD, url: "/api/call-log/:id/delete-item" },
];

/** The REST API: under `/api` what is compatible with OneUptime's Call Log API, under `/calls` what it does not have. */
export function restPlugin(services: ApiServices, page?: DashboardPage): FastifyPluginAsync {
  return async (server) => {
    for (const route of REST_ROUTES) {
      const { methods, path, operation, call } = route;
      server.route({
        method: [...methods],
        url: path,
        onRequest: async (request, reply) => {
          if (route.isScreen && page?.isAskedFor(request) === true) return page.send(reply);
          const identity = await identify(services, request, reply);
          const isOperator = route.hasInstallation === true && identity.scope === "installation";
          authorize(identity, isOperator ? "operate" : operation);
          return undefined;
        },
        handler: async (request, reply) => {
          const signal = goneSignal(reply);
          const caller = createCaller(requestContext(services, request), { signal }) as Caller;
          refuseUnknownParameters(route, request);
          const { status = 200, headers = {}, body } = await call(caller, request);
          if (operation === "dispatch") noteCall(request, body);
          return reply.code(status).headers(headers).send(body);
        },
      });
    }
    for (const route of REFUSED_ROUTES)
      server.route({
        ...route,
        onRequest: async (request, reply) => {
          await identify(services, request, reply);
          throw new CallLogError(
            "FORBIDDEN",
            "A call log is a record: nobody may change or delete it.",
          );
        },
        handler: async () => undefined,
      });
  };
}

/** One for all, since an error with its stack for each request costs 2 % of a list's processor time. */
const GONE = new DOMException("The caller has gone.", "AbortError");

// What goes on for a caller who has gone ends; so does what a finished answer has left.
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => gone.abort(GONE));
  return gone.signal;
}

// A call is found by its request, and a request by its call.
function noteCall(request: FastifyRequest, body: unknown): void {
  const { _id: callLogId } = body as { _id?: string };
  if (callLogId === undefined) return;
  noteForLog(request, { callLogId });
  noteInSpan(request, { "call_log.call_id": callLogId });
}
