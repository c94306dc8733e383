import { type Acting, type Actor, CallLogError } from "@call-log/model";
import { actingOf, authenticate, withAudit, type RouterContext } from "@call-log/router";
import type { Authenticated, SessionHolder } from "@call-log/store";
import type { FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { reportError } from "../errors/error-reply.ts";

/** How somebody signs in. */
type SignInBy = "api-key" | "identity-provider";

/** Who signs in, and to which project; to the installation without one. */
interface SigningIn {
  actor: Actor;
  projectId?: string | undefined;
  by: SignInBy;
}

type Asked = Pick<RouterContext, "store" | "now" | "address" | "requestId" | "onUnexpectedError">;

/** The context of an HTTP request for the audit trail. */
export function askedBy(
  { store, now }: Pick<ApiDependencies, "store" | "now">,
  request: FastifyRequest,
): Asked {
  const { id: requestId, ip: address } = request;
  const onUnexpectedError = (error: CallLogError) => reportError(request, error);
  return { store, now, address, requestId, onUnexpectedError };
}

/** A person as the identity provider has named them. */
export function actorOf(holder: SessionHolder): Actor {
  if (holder.kind === "key") return { kind: "key", id: holder.keyId };
  const { subject: id, name, email } = holder;
  return { kind: "person", id, ...(name && { name }), ...(email && { email }) };
}

/** Begin a session with its line in the audit trail. */
export function signInWithAudit<T>(
  context: Asked,
  { actor, projectId, by }: SigningIn,
  begin: () => Promise<T>,
): Promise<T> {
  const acting = actingAs(context, actor);
  const report = { act: "session.begin", acting, projectId, facts: { by } } as const;
  return withAudit(context, { report, facts: () => ({}) }, begin);
}

/** End the session that a request brings, with its line in the audit trail; there is none where nobody was signed in. */
export async function signOutWithAudit(
  context: RouterContext,
  end: () => Promise<void>,
): Promise<void> {
  const identity = await whoseSession(context);
  if (identity === undefined) return end();
  const { projectId } = identity;
  const acting = actingOf({ ...context, identity });
  const report = { act: "session.end", acting, projectId, facts: { sessions: 1 } } as const;
  return withAudit(context, { report, facts: () => ({}) }, end);
}

/** Write that a sign-in was refused, of whom where that is known; once a minute for each address. */
export async function writeRefusal(
  context: Asked,
  by: SignInBy,
  actor: Actor = { kind: "unknown" },
): Promise<void> {
  const minute = Math.floor(context.now().getTime() / 60_000);
  await context.store.audit.write(
    { act: "session.refuse", acting: actingAs(context, actor), facts: { by } },
    { once: `session.refuse ${by} ${actor.id ?? ""} ${context.address} ${minute}` },
  );
}

/** Write that a sign-in with a key was refused, then throw what it was refused with. */
export async function refuseSignIn(context: Asked, error: unknown): Promise<never> {
  if (error instanceof CallLogError && error.code === "UNAUTHORIZED")
    await writeRefusal(context, "api-key");
  throw error;
}

function actingAs({ address, requestId }: Asked, actor: Actor): Acting {
  return { actor, ...(address !== undefined && { address }), requestId };
}

async function whoseSession(context: RouterContext): Promise<Authenticated | undefined> {
  try {
    return await authenticate(context);
  } catch (error) {
    if (error instanceof CallLogError && error.httpStatus < 500) return undefined;
    throw error;
  }
}
