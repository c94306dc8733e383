import { processHealth } from "@call-log/runtime";
import type { FastifyPluginAsync } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";

/** `/health/live`: the process runs. `/health/ready`: calls are accepted, since its database takes writes and it is not about to close; degraded without its queue. */
export function healthRoutes({ store, dispatcher }: ApiDependencies): FastifyPluginAsync {
  return async (server) => {
    const isStopping = () => server.drain.isOn;
    const { queues } = dispatcher;
    const health = processHealth({ store, queues, needsQueue: false, isStopping });
    server.get("/health/live", async () => health.live().body);
    server.get("/health/ready", async (_request, reply) => {
      const { ok, body } = await health.ready();
      return reply.code(ok ? 200 : 503).send(body);
    });
  };
}
