import { CallLogError } from "@call-log/model";
import type { FastifyRequest } from "fastify";

import { isOwnHost } from "../session/same-origin.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Refuse a request from a page of another site, as the protocol demands against DNS rebinding: its `Host` is then the attacker's, too, so that
 * only the addresses count that the server knows to be its own. Programs that are no browser send no `Origin`.
 */
export function requireKnownOrigin({
  headers: { origin },
  server,
}: Pick<FastifyRequest, "headers" | "server">): void {
  if (origin === undefined) return;
  const sender = URL.canParse(origin) ? new URL(origin) : undefined;
  if (sender !== undefined && (LOOPBACK.has(sender.hostname) || isOwnHost(server, sender.host)))
    return;
  throw new CallLogError(
    "FORBIDDEN",
    "The Origin of this request is not an address of this server. Assistants in a browser are let in from PUBLIC_URL alone.",
  );
}
