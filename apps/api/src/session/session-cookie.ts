import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

import { isSameOrigin } from "./same-origin.ts";

/** Name of the cookie that a session of the dashboard is kept in: a random value, of which the database has a hash. */
const SESSION_COOKIE = "call-log-session";

/** Value of the session's cookie; undefined when there is none, or another site's page sent it. */
export function sessionToken(request: FastifyRequest): string | undefined {
  return isSameOrigin(request) ? request.cookies[SESSION_COOKIE] : undefined;
}

/** Give a browser its session, for so many seconds at most. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token, seconds }: { token: string; seconds: number },
): void {
  void reply.setCookie(SESSION_COOKIE, token, { ...cookieOptions(request), maxAge: seconds });
}

/** Take a browser's session away. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
}

/** Of every cookie of ours. Whoever says that the way to the browser is https can only make it stricter. */
export function cookieOptions({ protocol, headers }: FastifyRequest) {
  const secure = protocol === "https" || headers["x-forwarded-proto"] === "https";
  return {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
  } as const satisfies CookieSerializeOptions;
}
