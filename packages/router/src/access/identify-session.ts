import { CallLogError, membershipsOf } from "@call-log/model";
import type { Authenticated, Session, SessionHolder } from "@call-log/store";

import type { RouterContext } from "../context.ts";

type SessionContext = Pick<RouterContext, "store" | "now" | "signIn" | "shownProject">;
type PersonHolder = Extract<SessionHolder, { kind: "person" }>;

/** How a page names the installation where it would name its project. */
export const INSTALLATION = "installation";

/** The caller behind a session cookie. Throws UNAUTHORIZED when the session, or the key that began it, has ended. */
export async function identifySession(
  context: SessionContext,
  token: string,
): Promise<Authenticated> {
  const session = await context.store.sessions.find(token, context.signIn.life);
  const identity = session && (await identityOf(context, session));
  if (identity === undefined)
    throw new CallLogError("UNAUTHORIZED", "The session is over. Sign in again.");
  const { shownProject } = context;
  if (shownProject !== undefined && shownProject !== (identity.projectId ?? INSTALLATION))
    throw new CallLogError(
      "CONFLICT",
      "Another project was chosen in another window. Load the page again.",
    );
  return identity;
}

async function identityOf(
  { store, now, signIn }: SessionContext,
  session: Session,
): Promise<Authenticated | undefined> {
  const { id: sessionId, holder } = session;
  if (holder.kind === "person") return personIn(session, holder, signIn.grants);
  if (!signIn.withApiKey) return undefined;
  const identity = await store.keys.identify(holder.keyId, now());
  return identity && { ...identity, sessionId };
}

// By the settings of now: what they take from a group is taken from its people at once. Nobody is moved to another project for it.
function personIn(
  { id: sessionId, projectId }: Session,
  { issuer, subject, name, email, groups }: PersonHolder,
  grants: SessionContext["signIn"]["grants"],
): Authenticated | undefined {
  const memberships = membershipsOf(groups, grants);
  const chosen = memberships.find((one) => one.projectId === (projectId ?? null));
  if (chosen === undefined) return undefined;
  const person = {
    issuer,
    subject,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    memberships,
  };
  const { permissions } = chosen;
  return projectId === undefined
    ? { scope: "installation", permissions, person, sessionId }
    : { scope: "project", projectId, permissions, person, sessionId };
}
