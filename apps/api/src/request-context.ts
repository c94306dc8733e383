import type { RouterContext } from "@call-log/router";
import type { FastifyRequest } from "fastify";

import type { ApiDependencies } from "./api-dependencies.ts";
import { reportError } from "./error-reply.ts";

/** What the procedures get to know of an HTTP request. */
export function requestContext(
  dependencies: ApiDependencies,
  request: FastifyRequest,
): RouterContext {
  const { store, reader, dispatcher, now } = dependencies;
  return {
    store,
    reader,
    dispatcher,
    now,
    apiKeys: request.raw.headersDistinct["apikey"] ?? [],
    requestId: request.id,
    onUnexpectedError: (error) => reportError(request, error),
  };
}
