import type { Operation } from "@call-log/model";
import { authenticate, authorize, type RouterContext } from "@call-log/router";
import type { Authenticated } from "@call-log/store";
import type { FastifyInstance, FastifyRequest } from "fastify";

import type { ApiDependencies } from "./api-dependencies.ts";
import { reportError } from "./error-reply.ts";
import { sessionToken } from "./session-cookie.ts";

const IDENTITY = "identity";

/** Make room on each request for whose key it carries. */
export function decorateIdentity(server: FastifyInstance): void {
  server.decorateRequest(IDENTITY);
}

/** What the procedures get to know of an HTTP request. */
export function requestContext(
  dependencies: ApiDependencies,
  request: FastifyRequest,
): RouterContext {
  const { store, reader, feed, dispatcher, now, signIn } = dependencies;
  return {
    store,
    reader,
    feed,
    dispatcher,
    now,
    signIn,
    apiKeys: headerValues(request, "apikey"),
    sessionToken: sessionToken(request),
    requestId: request.id,
    address: request.ip,
    onUnexpectedError: (error) => reportError(request, error),
    identity: request.getDecorator<Authenticated | undefined>(IDENTITY),
  };
}

/** Let nobody in whose key does not allow the operation; before the body is read, since the key is checked first. */
export async function admit(
  dependencies: ApiDependencies,
  request: FastifyRequest,
  operation?: Operation,
): Promise<void> {
  const identity = await authenticate(requestContext(dependencies, request));
  if (operation !== undefined) authorize(identity, operation);
  request.setDecorator(IDENTITY, identity);
}

// Node joins repeated headers; here each counts.
function headerValues({ raw }: FastifyRequest, name: string): string[] {
  const { rawHeaders } = raw;
  const isNamed = (header?: string) =>
    header?.length === name.length && header.toLowerCase() === name;
  return rawHeaders.filter((_value, index) => index % 2 === 1 && isNamed(rawHeaders[index - 1]));
}
