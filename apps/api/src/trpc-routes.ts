import { appRouter, type AppRouter } from "@call-log/router";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyPluginAsync } from "fastify";

import type { ApiDependencies } from "./api-dependencies.ts";
import { RETRY_AFTER_SECONDS } from "./error-reply.ts";
import { requestContext } from "./request-context.ts";

/** The typed procedures, for `createCallLogClient`. */
export function trpcRoutes(dependencies: ApiDependencies): FastifyPluginAsync {
  return async (server) => {
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
