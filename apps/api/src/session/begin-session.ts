import type { NewSession } from "@call-log/store";
import type { FastifyReply, FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { setSessionCookie, sessionToken } from "./session-cookie.ts";

type Services = Pick<ApiDependencies, "store" | "signIn">;

/** Begin a session and set its cookie; ends the browser's previous session. `pageUrl` is the dashboard's address, if the request has no `Origin`. */
export async function beginSession(
  { store, signIn: { life } }: Services,
  { holder, projectId }: Pick<NewSession, "holder" | "projectId">,
  { request, reply, pageUrl }: { request: FastifyRequest; reply: FastifyReply; pageUrl?: string },
): Promise<void> {
  await endSessionOf({ store }, request);
  const { token } = await store.sessions.begin({
    holder,
    projectId,
    seconds: life.seconds,
    address: request.ip,
    userAgent: request.headers["user-agent"],
  });
  setSessionCookie(request, reply, { token, seconds: life.seconds, pageUrl });
}

/** End the session of a request's cookie, in every process. */
export async function endSessionOf(
  { store }: Pick<Services, "store">,
  request: FastifyRequest,
): Promise<void> {
  const token = sessionToken(request);
  if (token !== undefined) await store.sessions.endToken(token);
}
