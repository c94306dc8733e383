import { CallLogError, onlyKeys } from "@call-log/model";
import { actingOf, authenticate } from "@call-log/router";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { z } from "zod";

import type { ApiServices } from "../api-dependencies.ts";
import { requestContext } from "../request/request-context.ts";
import { signInMethods } from "../sign-in/sign-in-methods.ts";
import { beginSession, endSessionOf } from "./begin-session.ts";
import { describeSession } from "./describe-session.ts";
import { isSameOrigin } from "./same-origin.ts";
import { refuseSignIn, signInWithAudit, signOutWithAudit } from "./session-audit.ts";
import { clearSessionCookie } from "./session-cookie.ts";

const signInBody = onlyKeys({ apiKey: z.string({ error: "must be your API key" }).trim().min(1) });

const FOREIGN_PAGE =
  "Sessions are only for this server's own pages. If this page is one, its address differs from the Host that the server received: " +
  "set DASHBOARD_URL to the address in the browser, or let the reverse proxy pass Host.";

/** `/session`: sign in to the dashboard with an API key, read the current session, sign out. The key is stored nowhere. */
export function sessionRoutes(services: ApiServices): FastifyPluginAsync {
  const { signIn } = services;
  return async (server) => {
    server.addHook("onRequest", async (request) => {
      if (!isSameOrigin(request)) throw new CallLogError("FORBIDDEN", FOREIGN_PAGE);
    });
    server.post("/session", async (request, reply) => {
      if (!signIn.withApiKey)
        throw new CallLogError("FORBIDDEN", "API keys open no session here. Sign in by name.");
      const parsed = signInBody.safeParse(request.body);
      if (!parsed.success)
        throw new CallLogError(
          "BAD_REQUEST",
          'The body must be {"apiKey": "…"} with your API key.',
        );
      const context = { ...requestContext(services, request), apiKeys: [parsed.data.apiKey] };
      const identity = await authenticate(context).catch((error: unknown) =>
        refuseSignIn(context, error),
      );
      const holder = { kind: "key", keyId: identity.keyId! } as const;
      const { actor } = actingOf({ ...context, identity });
      const { projectId } = identity;
      await signInWithAudit(context, { actor, projectId, by: "api-key" }, () =>
        beginSession(services, { holder }, { request, reply }),
      );
      return describeSession(services, identity);
    });
    server.get("/session", async (request, reply) => {
      const identity = await authenticate(requestContext(services, request));
      void reply.header("cache-control", "no-store");
      return describeSession(services, identity);
    });
    server.get("/session/methods", async () => signInMethods(services));
    server.delete("/session", async (request, reply: FastifyReply) => {
      clearSessionCookie(request, reply);
      await signOutWithAudit(requestContext(services, request), () =>
        endSessionOf(services, request),
      );
      return reply.send({});
    });
  };
}
