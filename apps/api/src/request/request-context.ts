import type { CallLogError, Operation } from "@call-log/model";
import {
  authenticate,
  authorize,
  type IdentityFor,
  type KeyGuard,
  type RouterContext,
} from "@call-log/router";
import { type Authenticated, callerId } from "@call-log/store";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { reportError } from "../errors/error-reply.ts";
import { sessionToken } from "../session/session-cookie.ts";
import { headerValues } from "./header-values.ts";
import { identityOf, setIdentity } from "./request-identity.ts";

// One for each request, which counts as one failure however many of its parts look at the key.
const guards = new WeakMap<FastifyRequest, KeyGuard>();

/** The context of the procedures for an HTTP request. */
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

/** A request, its reply, and what its key has to allow. */
export interface Admission<O extends Operation> {
  request: FastifyRequest;
  reply: FastifyReply;
  operation: O;
}

/**
 * Identify the caller, count the request, and refuse a key that may not do the operation: before the body is read. Procedures authorize by
 * themselves, so that no transport decides who may do what.
 */
export async function admit<O extends Operation>(
  services: ApiServices,
  { request, reply, operation }: Admission<O>,
): Promise<IdentityFor<O>> {
  return authorize(await identify(services, request, reply), operation);
}

/** Identify the caller and count the request; throws when the key is not valid or has made too many. */
export async function identify(
  services: ApiServices,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Authenticated> {
  return identifyBy(requestContext(services, request), { services, request, reply });
}

/** The same by a context that takes its keys from elsewhere. */
export async function identifyBy(
  context: RouterContext,
  {
    services,
    request,
    reply,
  }: { services: ApiServices; request: FastifyRequest; reply: FastifyReply },
): Promise<Authenticated> {
  const identity = await authenticate(context);
  setIdentity(request, identity);
  const refusal = await services.requestLimit.count(request, reply);
  if (refusal !== undefined) throw refusal;
  return identity;
}

function oneHeader({ headers }: FastifyRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
