import type { NewSession } from "@call-log/store";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { setSessionCookie, sessionToken } from "./session-cookie.ts";

type Services = Pick<ApiDependencies, "store" | "signIn">;

/** Begin a session and give the browser its cookie; the one that the browser had is over. */
export async function beginSession(
  { store, signIn: { life } }: Services,
  { holder, projectId }: Pick<NewSession, "holder" | "projectId">,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<void> {
  await endSessionOf({ store }, request);
  const { token } = await store.sessions.begin({
    holder,
    projectId,
    seconds: life.seconds,
    address: request.ip,
    userAgent: request.headers["user-agent"],
  });
  setSessionCookie(request, reply, { token, seconds: life.seconds });
}

/** End the session whose cookie a request brings, everywhere; the browser keeps the cookie, which is worth nothing. */
export async function endSessionOf(
  { store }: Pick<Services, "store">,
  request: FastifyRequest,
): Promise<void> {
  const token = sessionToken(request);
  if (token !== undefined) await store.sessions.endToken(token);
}
