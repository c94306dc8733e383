import { CallLogError, isAllowed, permissionsFor, type Operation } from "@call-log/model";
import type { Authenticated } from "@call-log/store";

import type { RouterContext } from "./context.ts";

/** Find out whose key a request carries. Refused: none, several, blank, unknown, expired or revoked ones. */
export async function authenticate(context: RouterContext): Promise<Authenticated> {
  const keys = context.apiKeys.map((key) => key.trim());
  if (keys.length > 1)
    throw new CallLogError(
      "UNAUTHORIZED",
      "The ApiKey header is not valid: it was sent more than once.",
    );
  const [key] = keys;
  if (key === undefined && context.sessionKeyId !== undefined)
    return identifySession(context, context.sessionKeyId);
  if (key === undefined || key === "")
    throw new CallLogError(
      "UNAUTHORIZED",
      "The ApiKey header is missing. Send your API key in it.",
    );
  const identity = await context.store.keys.authenticate(key, context.now());
  if (identity === undefined)
    throw new CallLogError("UNAUTHORIZED", "The ApiKey is not valid: unknown, expired or revoked.");
  return identity;
}

async function identifySession(context: RouterContext, keyId: string): Promise<Authenticated> {
  const identity = await context.store.keys.identify(keyId, context.now());
  if (identity === undefined)
    throw new CallLogError("UNAUTHORIZED", "The session's ApiKey is expired or revoked.");
  return identity;
}

/** Refuse a key that has none of the permissions for an operation. */
export function authorize(identity: Authenticated, operation: Operation): void {
  if (isAllowed(identity.permissions, operation)) return;
  throw new CallLogError(
    "FORBIDDEN",
    `The ApiKey may not do this. It needs one of the permissions: ${permissionsFor(operation).join(", ")}.`,
  );
}
