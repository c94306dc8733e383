import type { Authenticated } from "@call-log/store";
import type { FastifyInstance, FastifyRequest } from "fastify";

const IDENTITY = "identity";

/** Make room on each request for whose key it carries. */
export function decorateIdentity(server: FastifyInstance): void {
  server.decorateRequest(IDENTITY);
}

/** Whose key a request carries, where that was found out already. */
export function identityOf(request: FastifyRequest): Authenticated | undefined {
  return request.getDecorator<Authenticated | undefined>(IDENTITY);
}

/** Remember whose key a request carries. */
export function setIdentity(request: FastifyRequest, identity: Authenticated): void {
  request.setDecorator(IDENTITY, identity);
}
