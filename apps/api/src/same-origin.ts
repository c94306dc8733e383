import type { FastifyRequest } from "fastify";

/**
 * True when a request comes from our own pages or from no page at all, by what browsers say of it. The cookie is SameSite=Strict,
 * which leaves pages of a sibling host; browsers send `Sec-Fetch-Site` to https and localhost, and `Origin` with all but a GET.
 */
export function isSameOrigin({ headers }: Pick<FastifyRequest, "headers">): boolean {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
