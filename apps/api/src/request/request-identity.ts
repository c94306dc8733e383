import type { Authenticated } from "@call-log/store";
import type { FastifyInstance, FastifyRequest } from "fastify";

const IDENTITY = "identity";

/** Add a property for the caller to each request. */
export function decorateIdentity(server: FastifyInstance): void {
  server.decorateRequest(IDENTITY);
}

/** The caller of a request, once it has been authenticated. */
export function identityOf(request: FastifyRequest): Authenticated | undefined {
  return request.getDecorator<Authenticated | undefined>(IDENTITY);
}

/** Keep the caller of a request. */
export function setIdentity(request: FastifyRequest, identity: Authenticated): void {
  request.setDecorator(IDENTITY, identity);
}
