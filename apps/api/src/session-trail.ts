import { type ActReport, CallLogError } from "@call-log/model";
import { actingOf, authenticate, inTrail, type RouterContext } from "@call-log/router";
import type { Authenticated } from "@call-log/store";

/** Whose session it is, by an API key or by the identity provider. */
type SignedIn = RouterContext & { identity: Authenticated };

/** How somebody signs in. */
type SignInBy = "api-key" | "identity-provider";

/** Begin a session with its line in the audit trail. */
export function signInInTrail<T>(
  context: SignedIn,
  by: SignInBy,
  begin: () => Promise<T>,
): Promise<T> {
  return inTrail(
    context,
    { report: reportOf("session.begin", context, { by }), facts: () => ({}) },
    begin,
  );
}

/** End the session that a request brings, with its line in the audit trail; there is none where nobody was signed in. */
export async function signOutInTrail(
  context: RouterContext,
  end: () => Promise<void>,
): Promise<void> {
  const identity = await whoseSession(context);
  if (identity === undefined) return end();
  const report = reportOf("session.end", { ...context, identity }, { sessions: 1 });
  return inTrail(context, { report, facts: () => ({}) }, end);
}

/** Write that a sign-in was refused, once a minute for each address; then throw what it was refused with. */
export async function refuseSignIn(
  { store, address, requestId, now }: RouterContext,
  by: SignInBy,
  error: unknown,
): Promise<never> {
  if (error instanceof CallLogError && error.code === "UNAUTHORIZED") {
    const actor = { kind: "unknown" } as const;
    const acting = { actor, ...(address !== undefined && { address }), requestId };
    const minute = Math.floor(now().getTime() / 60_000);
    await store.audit.write(
      { act: "session.refuse", acting, facts: { by } },
      { once: `session.refuse ${by} ${address} ${minute}` },
    );
  }
  throw error;
}

function reportOf<A extends "session.begin" | "session.end">(
  act: A,
  context: SignedIn,
  facts: NonNullable<ActReport<A>["facts"]>,
): ActReport<A> {
  return { act, acting: actingOf(context), projectId: context.identity.projectId, facts };
}

async function whoseSession(context: RouterContext): Promise<Authenticated | undefined> {
  try {
    return await authenticate(context);
  } catch (error) {
    if (error instanceof CallLogError && error.httpStatus < 500) return undefined;
    throw error;
  }
}
