import { CallLogError } from "@call-log/model";
import type { RouterContext } from "@call-log/router";
import type { FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { headerValues } from "../request/header-values.ts";
import { requestContext } from "../request/request-context.ts";

/** How a key is sent here, as every 401 has to say. */
export const MCP_CHALLENGE = 'Bearer realm="call-log", ApiKey realm="call-log"';

/** The context of the procedures for a request of an assistant: by a key alone. A browser's session counts for nothing, so that no page can act by it. */
export function mcpContext(services: ApiServices, request: FastifyRequest): RouterContext {
  const context = requestContext(services, request);
  const apiKeys = [...context.apiKeys, ...bearerKeys(request)];
  return { ...context, apiKeys, sessionToken: undefined, shownProject: undefined };
}

/** Throws an UNAUTHORIZED that says how a key is sent, where there is none. */
export function requireKey({ apiKeys }: Pick<RouterContext, "apiKeys">): void {
  if (apiKeys.some((key) => key.trim() !== "")) return;
  throw new CallLogError(
    "UNAUTHORIZED",
    'The API key is missing. Send "Authorization: Bearer <API key>", or the key in the header ApiKey; the assistant\'s configuration has a place for headers. There is no sign-in by OAuth.',
  );
}

function bearerKeys(request: FastifyRequest): string[] {
  return headerValues(request, "authorization").flatMap((value) => {
    const [, key] = /^bearer +(\S.*)$/i.exec(value.trim()) ?? [];
    return key === undefined ? [] : [key];
  });
}
