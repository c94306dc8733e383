import { isDatabaseAway } from "@call-log/store";
import type { FastifyPluginAsync } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { type Found, sharedProbe } from "./shared-probe.ts";

/** `/health/live`: the process runs. `/health/ready`: calls are accepted, since its database takes writes and it is not about to close; degraded without its queue. */
export function healthRoutes({ store, dispatcher }: ApiDependencies): FastifyPluginAsync {
  const findMongodb = sharedProbe({
    check: () => store.checkWrite(),
    isRefusal: (error) => !isDatabaseAway(error),
  });
  const findRedis = sharedProbe({
    check: () => dispatcher.queues.checkWrite(),
    isRefusal: (error) => error instanceof Error && error.name === "ReplyError",
  });
  return async (server) => {
    server.get("/health/live", async () => ({ status: "live" }));
    server.get("/health/ready", async (_request, reply) => {
      const [mongodb, redis] = await Promise.all([findMongodb(), findRedis()]);
      const status = server.drain.isOn ? "not ready" : statusOf(mongodb, redis);
      return reply.code(status === "not ready" ? 503 : 200).send({ status, mongodb, redis });
    });
  };
}

// Accepted calls are in the database; without Redis they are dialled when it is back.
function statusOf(mongodb: Found, redis: Found): "ready" | "degraded" | "not ready" {
  if (mongodb !== "up") return "not ready";
  return redis === "up" ? "ready" : "degraded";
}
