import { randomBytes } from "node:crypto";

import { CallLogError } from "@call-log/model";
import type { OidcSettings } from "@call-log/runtime";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { beginSession } from "../session/begin-session.ts";
import { actorOf, askedBy, signInWithAudit, writeRefusal } from "../session/session-audit.ts";
import { noAccessPage } from "./no-access-page.ts";
import { CALLBACK_PATH, createOidcClient, SignInError } from "./oidc-client.ts";
import { returnPath } from "./return-path.ts";
import { sessionFor } from "./session-for.ts";
import { browserOf, nameBrowser } from "./sign-in-cookie.ts";
import { SIGN_IN_PATH } from "./sign-in-path.ts";

/** `/oidc`: the way of a person to the identity provider, and back for a session. */
export function oidcRoutes(
  dependencies: ApiDependencies,
  settings: OidcSettings,
): FastifyPluginAsync {
  const { store, signIn } = dependencies;
  const client = createOidcClient(settings);
  const { dashboardUrl } = settings;

  async function begin(request: FastifyRequest, reply: FastifyReply) {
    const { returnTo } = request.query as { returnTo?: unknown };
    const { url, checks } = await client.begin();
    const browser = browserOf(request, dashboardUrl) ?? randomBytes(32).toString("base64url");
    await store.signIns.begin({ ...checks, browser, returnTo: returnPath(returnTo) });
    nameBrowser(reply, dashboardUrl, browser);
    return reply.redirect(url.href, 303);
  }

  async function complete(request: FastifyRequest, reply: FastifyReply) {
    const { state } = request.query as { state?: unknown };
    const browser = browserOf(request, dashboardUrl);
    const pending =
      typeof state === "string" && browser !== undefined
        ? await store.signIns.take(state, browser)
        : undefined;
    if (pending === undefined) throw new SignInError("expired");
    // By the settings: what a request says of its own host is not to be believed.
    const address = new URL(`${dashboardUrl}${CALLBACK_PATH}${searchOf(request)}`);
    const person = await client.complete(address, pending);
    const admitted = sessionFor(person, signIn.grants);
    const context = askedBy(dependencies, request);
    if (admitted === undefined) {
      await writeRefusal(context, "identity-provider", actorOf({ kind: "person", ...person }));
      void reply.code(403).type("text/html; charset=utf-8");
      return reply.send(noAccessPage(person, `${dashboardUrl}${SIGN_IN_PATH}`));
    }
    const { holder, projectId } = admitted;
    const signingIn = { actor: actorOf(holder), projectId, by: "identity-provider" } as const;
    await signInWithAudit(context, signingIn, () =>
      beginSession(dependencies, admitted, { request, reply, pageUrl: dashboardUrl }),
    );
    return reply.redirect(`${dashboardUrl}${pending.returnTo}`, 303);
  }

  return async (server) => {
    server.addHook("onRequest", async (_request, reply) => {
      void reply.headers({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    });
    server.setErrorHandler(async (error, request, reply) => {
      if (!(error instanceof SignInError)) throw error;
      logFailure(request, error);
      await writeRefusal(askedBy(dependencies, request), "identity-provider");
      return reply.redirect(`${dashboardUrl}/sign-in?problem=${error.problem}`, 303);
    });
    server.get(SIGN_IN_PATH, begin);
    server.get(CALLBACK_PATH, complete);
  };
}

function searchOf({ url }: FastifyRequest): string {
  const at = url.indexOf("?");
  if (at === -1) throw new CallLogError("BAD_REQUEST", "state: must be in the address");
  return url.slice(at);
}

// The cause may hold claims of the person; its class and code say enough.
function logFailure(request: FastifyRequest, { problem, cause }: SignInError): void {
  const { name, code } = (cause ?? {}) as { name?: string; code?: string };
  request.log.warn({ problem, cause: name, code }, "a sign-in failed");
}
