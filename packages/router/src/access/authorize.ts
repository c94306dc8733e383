import { CallLogError, isAllowed, permissionsFor, type Operation } from "@call-log/model";
import type { Authenticated, OperatorIdentity, ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";
import { isAddressIn } from "../keys/address-in-range.ts";
import { identifySession } from "./identify-session.ts";

/** Authenticate a request. Refuses no key, several, a blank, unknown, expired or revoked one, and one that may not be used from this address. */
export async function authenticate(context: RouterContext): Promise<Authenticated> {
  const identity = await identify(context);
  const { allowedAddresses, keyId } = identity;
  if (allowedAddresses !== undefined && !isAddressIn(allowedAddresses, context.address))
    throw new CallLogError("FORBIDDEN", "The ApiKey may not be used from this address.");
  if (keyId !== undefined) context.store.keyUses.note(keyId, context.address);
  return identity;
}

async function identify(context: RouterContext): Promise<Authenticated> {
  const keys = context.apiKeys.map((key) => key.trim());
  if (keys.length > 1)
    throw new CallLogError(
      "UNAUTHORIZED",
      "The ApiKey header is not valid: it was sent more than once.",
    );
  const [key] = keys;
  if (key === undefined && context.sessionToken !== undefined)
    return identifySession(context, context.sessionToken);
  if (key === undefined || key === "")
    throw new CallLogError(
      "UNAUTHORIZED",
      "The ApiKey header is missing. Send your API key in it.",
    );
  context.keyGuard?.check(key);
  const identity = await context.store.keys.authenticate(key, context.now());
  context.keyGuard?.note(key, identity !== undefined);
  if (identity === undefined)
    throw new CallLogError("UNAUTHORIZED", "The ApiKey is not valid: unknown, expired or revoked.");
  return identity;
}

/** The identity that an operation needs: an operator's, or one of a project. */
export type IdentityFor<O extends Operation> = O extends "operate"
  ? OperatorIdentity
  : ProjectIdentity;

/** The identity that an operation acts for; FORBIDDEN for a key of the other scope, and for one without any of the permissions. */
export function authorize<O extends Operation>(
  identity: Authenticated,
  operation: O,
): IdentityFor<O> {
  const scope = operation === "operate" ? "installation" : "project";
  if (identity.scope === scope && isAllowed(identity.permissions, operation))
    return identity as IdentityFor<O>;
  const why = identity.scope === scope ? MAY_NOT : WRONG_SCOPE[identity.scope];
  const needed = permissionsFor(operation).join(", ");
  throw new CallLogError("FORBIDDEN", `${why} It needs one of the permissions: ${needed}.`);
}

const MAY_NOT = "The ApiKey may not do this.";
const WRONG_SCOPE = {
  project:
    "The ApiKey belongs to a project; this is about the whole installation, for operators' keys.",
  installation:
    "The ApiKey is an operator's and belongs to no project; this is for keys of a project.",
} as const satisfies Record<Authenticated["scope"], string>;
