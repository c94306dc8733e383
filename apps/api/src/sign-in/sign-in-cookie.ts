import { SIGN_IN_SECONDS } from "@call-log/store";
import type { FastifyReply, FastifyRequest } from "fastify";

const NAME = "call-log-sign-in";
const VALUE = /^[\w-]{43}$/;

/** The value that names a browser while a person is at the identity provider. */
export function browserOf(request: FastifyRequest, dashboardUrl: string): string | undefined {
  const value = request.cookies[cookieName(dashboardUrl)];
  return value !== undefined && VALUE.test(value) ? value : undefined;
}

/** Name a browser. Lax, since the identity provider's page leads back; it opens nothing. */
export function nameBrowser(reply: FastifyReply, dashboardUrl: string, value: string): void {
  void reply.setCookie(cookieName(dashboardUrl), value, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: dashboardUrl.startsWith("https:"),
    maxAge: SIGN_IN_SECONDS,
  });
}

// With this prefix no page of a sibling host can set it.
function cookieName(dashboardUrl: string): string {
  return dashboardUrl.startsWith("https:") ? `__Host-${NAME}` : NAME;
}
