import { CallLogError } from "@call-log/model";
import { hasBearerToken, type ProcessMetrics } from "@call-log/runtime";
import type { FastifyPluginAsync } from "fastify";

/** `/metrics` on the port of the api, for those with the token. */
export function metricsRoute(
  metrics: Pick<ProcessMetrics, "text">,
  token: string,
): FastifyPluginAsync {
  return async (server) => {
    server.get("/metrics", async (request, reply) => {
      if (!hasBearerToken(request.headers.authorization, token))
        throw new CallLogError("UNAUTHORIZED", "METRICS_TOKEN is required as a bearer token.");
      const { contentType, text } = await metrics.text();
      return reply.header("cache-control", "no-store").type(contentType).send(text);
    });
  };
}
