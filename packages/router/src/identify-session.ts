import { CallLogError } from "@call-log/model";
import type { Authenticated, Session } from "@call-log/store";

import type { RouterContext } from "./context.ts";

type SessionContext = Pick<RouterContext, "store" | "now" | "signIn">;

/** Whom the cookie of a session stands for; UNAUTHORIZED when the session is over, or the key that it began with. */
export async function identifySession(
  context: SessionContext,
  token: string,
): Promise<Authenticated> {
  const session = await context.store.sessions.find(token, context.signIn.life);
  const identity = session && (await holderOf(context, session));
  if (identity === undefined)
    throw new CallLogError("UNAUTHORIZED", "The session is over. Sign in again.");
  return identity;
}

async function holderOf(
  { store, now, signIn }: SessionContext,
  { holder }: Session,
): Promise<Authenticated | undefined> {
  if (holder.kind === "person" || !signIn.withApiKey) return undefined;
  return store.keys.identify(holder.keyId, now());
}
