import type { CallLogError, Operation } from "@call-log/model";
import { authenticate, authorize, type KeyGuard, type RouterContext } from "@call-log/router";
import { callerId } from "@call-log/store";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { reportError } from "../errors/error-reply.ts";
import { sessionToken } from "../session/session-cookie.ts";
import { headerValues } from "./header-values.ts";
import { identityOf, setIdentity } from "./request-identity.ts";

// One for each request, which counts as one failure however many of its parts look at the key.
const guards = new WeakMap<FastifyRequest, KeyGuard>();

/** What the procedures get to know of an HTTP request. */
export function requestContext(
  services: ApiServices,
  request: FastifyRequest,
  refusal?: CallLogError,
): RouterContext {
  const { store, reader, feed, dispatcher, now, signIn, streams, requestLimit } = services;
  const identity = identityOf(request);
  return {
    store,
    reader,
    feed,
    dispatcher,
    now,
    signIn,
    streams,
    apiKeys: headerValues(request, "apikey"),
    sessionToken: sessionToken(request),
    shownProject: oneHeader(request, "x-call-log-project"),
    requestId: request.id,
    address: request.ip,
    onUnexpectedError: (error) => reportError(request, error),
    keyGuard: guardOf(services, request),
    refusal,
    countMore: (requests) => identity && requestLimit.add(callerId(identity), requests),
    identity,
  };
}

function guardOf({ failedKeys }: ApiServices, request: FastifyRequest): KeyGuard {
  const guard = guards.get(request) ?? failedKeys.guardOf(request.ip);
  guards.set(request, guard);
  return guard;
}

/** A request that wants to be let in, and for what. */
export interface Admission {
  request: FastifyRequest;
  reply: FastifyReply;
  operation?: Operation;
}

/** Let nobody in whose key does not allow the operation; before the body is read, since the key is checked first. */
export async function admit(
  services: ApiServices,
  { request, reply, operation }: Admission,
): Promise<void> {
  const identity = await authenticate(requestContext(services, request));
  setIdentity(request, identity);
  const refusal = await services.requestLimit.count(request, reply);
  if (refusal !== undefined) throw refusal;
  if (operation !== undefined) authorize(identity, operation);
}

function oneHeader({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
