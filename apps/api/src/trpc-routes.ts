import { appRouter, type AppRouter } from "@call-log/router";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyPluginAsync } from "fastify";

import type { ApiDependencies } from "./api-dependencies.ts";
import { RETRY_AFTER_SECONDS } from "./error-reply.ts";
import { answerQueries, queryBatch } from "./query-batch.ts";
import { requestContext } from "./request-context.ts";

/** Status of a batch whose answers have several. */
const MULTI_STATUS = 207;

/** The typed procedures, for `createCallLogClient`. */
export function trpcRoutes(dependencies: ApiDependencies): FastifyPluginAsync {
  return async (server) => {
    server.addHook("preHandler", async (request, reply) => {
      const calls = queryBatch(request);
      if (calls === undefined) return undefined;
      const { statuses, body } = await answerQueries(calls, requestContext(dependencies, request));
      const [status = 200] = statuses;
      if (statuses.has(503)) void reply.header("retry-after", RETRY_AFTER_SECONDS);
      void reply.code(statuses.size > 1 ? MULTI_STATUS : status);
      return reply.header("vary", "trpc-accept, accept").send(body);
    });
    await server.register(fastifyTRPCPlugin, {
      prefix: "",
      trpcOptions: {
        router: appRouter,
        // Long queries come as POST, since addresses have a length limit.
        allowMethodOverride: true,
        createContext: ({ req }) => requestContext(dependencies, req),
        responseMeta: ({ errors }) =>
          errors.some(({ code }) => code === "SERVICE_UNAVAILABLE")
            ? { headers: { "retry-after": String(RETRY_AFTER_SECONDS) } }
            : {},
      } satisfies FastifyTRPCPluginOptions<AppRouter>["trpcOptions"],
    });
  };
}
