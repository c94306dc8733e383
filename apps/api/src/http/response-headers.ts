import { CallLogError } from "@call-log/model";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** Headers of every response that sets no other: no cache may keep data of calls, and browsers must not guess content types. */
export const RESPONSE_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
} as const;

/** A year, as browsers want it for https alone. */
const HSTS = "max-age=31536000";

/** Add the headers of every answer, and refuse a request with two `Host` headers: proxies may go by the other one. */
export function secureResponses(server: FastifyInstance): void {
  server.addHook("onRequest", requireOneHost);
  server.addHook("onSend", addHeaders);
}

async function requireOneHost({ raw }: FastifyRequest): Promise<void> {
  const hosts = raw.rawHeaders.filter(
    (name, index) => index % 2 === 0 && name.toLowerCase() === "host",
  );
  if (hosts.length > 1)
    throw new CallLogError("BAD_REQUEST", "The request has more than one Host header.");
}

async function addHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  for (const [name, value] of Object.entries(RESPONSE_HEADERS))
    if (!reply.hasHeader(name)) void reply.header(name, value);
  // Behind a proxy that is trusted this is what the browser uses.
  if (request.protocol === "https") void reply.header("strict-transport-security", HSTS);
}
