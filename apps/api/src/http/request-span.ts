import type { OpenSpan, Tracing } from "@call-log/dispatcher";
import type { FastifyInstance, FastifyRequest } from "fastify";

import { FREQUENT_ROUTES, procedureNames } from "../request/request-route.ts";

const spans = new WeakMap<FastifyRequest, OpenSpan>();
const arrivedAt = new WeakMap<FastifyRequest, number>();

/** Callbacks belong to the trace of their call, which is known only when they are found to be genuine. */
const CALLBACKS = "/hooks/";

/** Make a span of each request, which belongs to the trace of a caller that names its own; health and metrics have none. */
export function traceRequests(server: FastifyInstance, tracing: Tracing | undefined): void {
  if (tracing === undefined) return;
  server.addHook("onRequest", (request, _reply, done) => {
    const { url: route = "" } = request.routeOptions;
    if (FREQUENT_ROUTES.has(route)) return done();
    if (route.startsWith(CALLBACKS)) {
      arrivedAt.set(request, Date.now());
      return done();
    }
    const parent = request.headers["traceparent"];
    beginSpan(tracing, request, typeof parent === "string" ? parent : undefined).run(done);
  });
  // The body comes by events of the socket, outside of the span.
  server.addHook("preValidation", (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.run(done);
  });
  server.addHook("onResponse", (request, { statusCode }, done) => {
    const span = spans.get(request);
    span?.set({ "http.response.status_code": statusCode });
    if (statusCode >= 500) span?.fail(String(statusCode));
    span?.end();
    done();
  });
  server.addHook("onRequestAbort", async (request) => {
    spans.get(request)?.fail("aborted");
    spans.get(request)?.end();
  });
}

/** Begin the span of a request, as of its arrival. */
export function beginSpan(
  tracing: Tracing,
  request: FastifyRequest,
  parent: string | undefined,
): OpenSpan {
  const { method, routeOptions } = request;
  const { url: route } = routeOptions;
  const startedAt = arrivedAt.get(request);
  const span = tracing.begin({
    name: route === undefined ? method : `${method} ${route}`,
    kind: "server",
    attributes: {
      "http.request.method": method,
      "http.route": route,
      "call_log.request_id": request.id,
      "call_log.procedures": procedureNames(request),
    },
    parent,
    ...(startedAt !== undefined && { startedAt }),
  });
  spans.set(request, span);
  return span;
}

/** Add attributes to the span of a request, if it has one. */
export function noteInSpan(request: FastifyRequest, attributes: Parameters<OpenSpan["set"]>[0]) {
  spans.get(request)?.set(attributes);
}
