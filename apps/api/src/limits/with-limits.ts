import { createStreamSlots } from "@call-log/router";
import type { FastifyInstance } from "fastify";

import type { ApiDependencies, ApiServices } from "../api-dependencies.ts";
import { limitConnections } from "./connection-limit.ts";
import { createFailedKeys } from "./failed-keys.ts";
import { createRequestCounts } from "./request-counts.ts";
import { limitRequests } from "./request-limit.ts";

/** The services of the routes, with every limit on callers. */
export async function withLimits(
  server: FastifyInstance,
  dependencies: ApiDependencies,
): Promise<ApiServices> {
  const { limits = {}, dispatcher, now } = dependencies;
  limitConnections(server.server, limits.MAX_CONNECTIONS ?? 0);
  const counts = createRequestCounts({ counters: dispatcher.queues.counters, now });
  server.addHook("onClose", async () => counts.close());
  const perMinute = limits.REQUESTS_PER_MINUTE ?? 0;
  return {
    ...dependencies,
    failedKeys: createFailedKeys({ perMinute: limits.FAILED_KEYS_PER_MINUTE ?? 0, now }),
    requestLimit: await limitRequests(server, { perMinute, counts }),
    streams: createStreamSlots({
      perKey: limits.LIVE_STREAMS_PER_KEY ?? 0,
      inAll: limits.LIVE_STREAMS ?? 0,
    }),
  };
}
