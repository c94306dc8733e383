import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { identityOf } from "../request/request-identity.ts";
import { FREQUENT_ROUTES, procedureNames } from "../request/request-route.ts";

/** Text of the line of a request. */
export const ACCESS_LINE = "request";

/** Ids of what a request was about, for its line. */
export type AccessFields = Readonly<Record<string, string | number>>;

const noted = new WeakMap<FastifyRequest, AccessFields>();
const arrivedAt = new WeakMap<FastifyRequest, number>();

/** Add fields to the line of a request: ids only. */
export function noteForLog(request: FastifyRequest, fields: AccessFields): void {
  noted.set(request, { ...noted.get(request), ...fields });
}

/** Write a line for each request when it is over: what was asked by its route, never by its address; by whom; how it ended and how long it took. */
export function logAccess(server: FastifyInstance): void {
  server.addHook("onRequest", async (request) => {
    arrivedAt.set(request, performance.now());
  });
  server.addHook("onResponse", async (request, reply) => {
    write(request, { status: reply.statusCode });
  });
  // The caller went away; nobody got a status.
  server.addHook("onRequestAbort", async (request) => {
    write(request, { aborted: true });
  });
}

/** Write the line of a request that was refused before any hook. */
export function logRefused(request: FastifyRequest, { statusCode }: FastifyReply): void {
  request.log.info({ method: request.method, status: statusCode }, ACCESS_LINE);
}

function write(request: FastifyRequest, end: { status: number } | { aborted: true }): void {
  const startedAt = arrivedAt.get(request);
  if (startedAt === undefined) return;
  arrivedAt.delete(request);
  const { method, routeOptions } = request;
  const { url: route } = routeOptions;
  const procedures = procedureNames(request);
  const fields = {
    method,
    ...(route !== undefined && { route }),
    ...(procedures !== undefined && { procedures }),
    ...end,
    ms: Math.round((performance.now() - startedAt) * 10) / 10,
    ...callerOf(request),
    ...noted.get(request),
  };
  const level = route !== undefined && FREQUENT_ROUTES.has(route) ? "debug" : "info";
  request.log[level](fields, ACCESS_LINE);
}

function callerOf(request: FastifyRequest): AccessFields {
  const { keyId, sessionId, projectId } = identityOf(request) ?? {};
  return {
    ...(keyId !== undefined && { keyId }),
    ...(sessionId !== undefined && { sessionId }),
    ...(projectId !== undefined && { projectId }),
  };
}
