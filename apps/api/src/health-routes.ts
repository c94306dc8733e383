import type { FastifyPluginAsync } from "fastify";

import type { ApiDependencies } from "./api-dependencies.ts";

/** `/health/live`: the process runs. `/health/ready`: it reaches its database and its queue. */
export function healthRoutes({ store, dispatcher }: ApiDependencies): FastifyPluginAsync {
  return async (server) => {
    server.get("/health/live", async () => ({ status: "live" }));
    server.get("/health/ready", async (_request, reply) => {
      const [mongodb, redis] = await Promise.all([
        isUp(store.ping()),
        isUp(dispatcher.queues.ping()),
      ]);
      const ready = mongodb && redis;
      return reply.code(ready ? 200 : 503).send({
        status: ready ? "ready" : "not ready",
        mongodb: mongodb ? "up" : "away",
        redis: redis ? "up" : "away",
      });
    });
  };
}

function isUp(ping: Promise<unknown>): Promise<boolean> {
  return ping.then(
    () => true,
    () => false,
  );
}
