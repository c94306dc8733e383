import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

import { isSameOrigin } from "./same-origin.ts";

/** Name of the cookie that a session of the dashboard is kept in: a random value, of which the database has a hash. */
const SESSION_COOKIE = "call-log-session";

/** Value of the session's cookie; undefined when there is none, or another site's page sent it. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return isSameOrigin(request) ? request.cookies[SESSION_COOKIE] : undefined;
}

/** Sets a browser's session cookie for so many seconds; `pageUrl` is where its page is, if the request has no `Origin`. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, seconds, pageUrl }: { token: string; seconds: number; pageUrl?: string | undefined },
): void {
  const options = cookieOptions(request, pageUrl);
  void reply.setCookie(SESSION_COOKIE, token, { ...options, maxAge: seconds });
}

/** Take a browser's session away. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
}

/** Options of the session's cookie. The page's own scheme counts, since a proxy outside of TRUST_PROXY is not believed. */
export function cookieOptions(
  { protocol, headers }: Pick<FastifyRequest, "protocol" | "headers">,
  pageUrl = headers.origin,
) {
  const secure = protocol === "https" || pageUrl?.startsWith("https:") === true;
  return {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
  } as const satisfies CookieSerializeOptions;
}
