import type { CallLogError } from "@call-log/model";
import { appRouter, authenticate, toCallLogError } from "@call-log/router";
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from "@trpc/server/adapters/fastify";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { CHALLENGE, longestWait } from "../errors/error-reply.ts";
import { requestContext } from "../request/request-context.ts";
import { setIdentity } from "../request/request-identity.ts";
import { readBatch, runReadBatch } from "./read-batch.ts";

// Requests refused as a whole; each procedure answers so in tRPC's form.
const refusals = new WeakMap<FastifyRequest, CallLogError>();

function contextOf(services: ApiServices, request: FastifyRequest) {
  return requestContext(services, request, refusals.get(request));
}

function partsOf({ params }: FastifyRequest): number {
  const { path = "" } = params as { path?: string };
  return path.split(",").length;
}

/** The typed procedures, for `createCallLogClient`. */
export function trpcRoutes(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    // A key that is not valid is refused by the procedure, in tRPC's form.
    server.addHook("onRequest", async (request, reply) => {
      const identity = await authenticate(requestContext(services, request)).catch(() => undefined);
      if (identity === undefined) return;
      setIdentity(request, identity);
      const refusal = await services.requestLimit.count(request, reply, partsOf(request));
      if (refusal !== undefined) refusals.set(request, refusal);
    });
    server.addHook("preHandler", async (request, reply) => {
      const batch = readBatch(request);
      if (batch === undefined) return undefined;
      try {
        const results = await runReadBatch(batch, contextOf(services, request));
        return await reply.header("vary", "trpc-accept, accept").send(results);
      } catch (thrown) {
        // tRPC's adapter puts errors in their form. It repeats what the caller got wrong, but no read that failed here.
        const error = toCallLogError(thrown);
        if (error.httpStatus >= 500) refusals.set(request, error);
        return undefined;
      }
    });
    await server.register(fastifyTRPCPlugin, {
      prefix: "",
      trpcOptions: {
        router: appRouter,
        // Long queries come as POST, since addresses have a length limit.
        allowMethodOverride: true,
        createContext: ({ req }) => contextOf(services, req),
        responseMeta: ({ errors }) => ({ headers: errorHeaders(errors.map(toCallLogError)) }),
      } satisfies FastifyTRPCPluginOptions<typeof appRouter>["trpcOptions"],
    });
  };
}

function errorHeaders(errors: readonly CallLogError[]): Record<string, string> {
  const seconds = longestWait(errors);
  return {
    ...(seconds !== undefined && { "retry-after": String(seconds) }),
    ...(errors.some(({ code }) => code === "UNAUTHORIZED") && { "www-authenticate": CHALLENGE }),
  };
}
