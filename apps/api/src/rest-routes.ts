import { CallLogError, pageParameters } from "@call-log/model";
import { authenticate, createCaller } from "@call-log/router";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";

import type { ApiDependencies } from "./api-dependencies.ts";
import { requestContext } from "./request-context.ts";

type Caller = ReturnType<typeof createCaller>;

/** One REST route: a shim over a procedure. */
interface RestRoute {
  methods: ("GET" | "POST")[];
  path: string;
  /** Call the procedure; the status is 200 unless told otherwise. */
  call: (caller: Caller, request: FastifyRequest) => Promise<{ status?: number; body: unknown }>;
}

/** Every REST route. Beside these, only the refusals below exist under `/api`. */
export const REST_ROUTES: readonly RestRoute[] = [
  {
    methods: ["POST", "GET"],
    path: "/call-log/get-list",
    call: async (caller, request) => ({
      body: await caller.callLog.getList({ ...bodyOf(request), ...pageOf(request) }),
    }),
  },
  {
    methods: ["POST", "GET"],
    path: "/call-log/:id/get-item",
    call: async (caller, request) => ({
      body: await caller.callLog.getItem({ ...bodyOf(request), ...idOf(request) }),
    }),
  },
  {
    methods: ["POST"],
    path: "/call-log/count",
    call: async (caller, request) => ({ body: await caller.callLog.count(bodyOf(request)) }),
  },
  {
    methods: ["POST"],
    path: "/call-log",
    call: async (caller, request) => {
      const { repeated, ...body } = await caller.calls.dispatch(bodyOf(request) as never);
      return { status: repeated ? 200 : 202, body };
    },
  },
];

/** Changing or deleting a call log: known to OneUptime's clients, allowed to nobody here. */
const REFUSED_ROUTES = [
  { method: "PUT", path: "/call-log/:id" },
  { method: "DELETE", path: "/call-log/:id" },
  { method: ["GET", "POST", "PUT"], path: "/call-log/:id/update-item" },
  { method: ["GET", "POST", "DELETE"], path: "/call-log/:id/delete-item" },
];

/** The REST API under `/api`, compatible with OneUptime's Call Log API. */
export function restRoutes(dependencies: ApiDependencies): FastifyPluginAsync {
  return async (server) => {
    for (const route of REST_ROUTES)
      server.route({
        method: route.methods,
        url: route.path,
        handler: async (request, reply) => {
          const caller = createCaller(requestContext(dependencies, request));
          const { status = 200, body } = await route.call(caller, request);
          return reply.code(status).send(body);
        },
      });
    for (const { method, path } of REFUSED_ROUTES)
      server.route({
        method,
        url: path,
        handler: async (request) => {
          await authenticate(requestContext(dependencies, request));
          throw new CallLogError(
            "FORBIDDEN",
            "A call log is a record: nobody may change or delete it.",
          );
        },
      });
  };
}

function bodyOf(request: FastifyRequest): Record<string, unknown> {
  const { body } = request;
  if (body === undefined) return {};
  if (typeof body === "object" && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new CallLogError("BAD_REQUEST", "The body must be a JSON object.");
}

function idOf(request: FastifyRequest): { id: string } {
  return { id: (request.params as { id: string }).id };
}

// The address wins over the body. What is no number there goes on as it is, for the procedure to refuse after it has checked the key.
function pageOf(request: FastifyRequest): Record<string, unknown> {
  const given = request.query as Record<string, unknown>;
  const malformed = Object.keys(given).find((name) => /^(skip|limit)\[/.test(name));
  if (malformed !== undefined) return { [malformed.replace(/\[.*$/s, "")]: malformed };
  const raw = { skip: given["skip"], limit: given["limit"] };
  const parsed = pageParameters.safeParse(raw);
  return defined(parsed.success ? parsed.data : raw);
}

function defined(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
