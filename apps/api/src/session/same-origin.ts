import type { FastifyInstance, FastifyRequest } from "fastify";

const OWN_HOSTS = "ownHosts";

/** Tell a server under which addresses browsers reach it, where a reverse proxy puts another `Host` into what it forwards. */
export function decorateOwnHosts(server: FastifyInstance, urls: readonly (string | undefined)[]) {
  const hosts = urls.flatMap((url) => (url === undefined ? [] : [new URL(url).host]));
  server.decorate(OWN_HOSTS, new Set(hosts));
}

/** True for a host of the addresses that the server was told. */
export function isOwnHost(server: FastifyInstance, host: string): boolean {
  return server.getDecorator<ReadonlySet<string>>(OWN_HOSTS).has(host);
}

/**
 * True when a request comes from our own pages or from no page at all, by what browsers say of it. The cookie is SameSite=Strict,
 * which leaves pages of a sibling host; browsers send `Sec-Fetch-Site` to https and localhost, and `Origin` with all but a GET.
 */
export function isSameOrigin({
  headers,
  server,
}: Pick<FastifyRequest, "headers" | "server">): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const sender = new URL(origin).host;
  return sender === host || isOwnHost(server, sender);
}
