import type { ProcessMetrics } from "@call-log/runtime";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Label of an address that has no route. */
const NO_ROUTE = "none";
const CALLBACK_ROUTE = "/hooks/:provider/";

/** Count the requests of a server by the pattern of their route, never by their address. */
export function measureRequests(
  server: FastifyInstance,
  { record }: Pick<ProcessMetrics, "record">,
): void {
  server.addHook("onResponse", async (request, reply) => {
    const route = (request.is404 ? undefined : request.routeOptions.url) ?? NO_ROUTE;
    const code = String(reply.statusCode);
    record("call_log_http_requests_total", 1, { method: request.method, route, code });
    if (!isStream(reply))
      record("call_log_http_request_duration_seconds", reply.elapsedTime / 1000, { route });
    if (route.startsWith(CALLBACK_ROUTE))
      record("call_log_callbacks_total", 1, labelsOf(request, reply));
  });
}

// It ends when somebody closes a page.
function isStream(reply: FastifyReply): boolean {
  return String(reply.getHeader("content-type")).startsWith("text/event-stream");
}

function labelsOf(request: FastifyRequest, { statusCode }: FastifyReply) {
  const { provider = NO_ROUTE } = request.params as { provider?: string };
  if (statusCode < 400) return { provider, result: "accepted" };
  return { provider, result: statusCode < 500 ? "refused" : "unavailable" };
}
