import type { Acting, Actor } from "@call-log/model";
import type { Authenticated } from "@call-log/store";

import type { RouterContext } from "../context.ts";

function actorOf({ keyId, name, person }: Authenticated): Actor {
  if (person === undefined) return { kind: "key", id: keyId, ...(name !== undefined && { name }) };
  const { subject, name: called, email } = person;
  return {
    kind: "person",
    id: subject,
    ...(called !== undefined && { name: called }),
    ...(email !== undefined && { email }),
  };
}

/** The actor of a request, for the audit trail. */
export function actingOf({
  identity,
  address,
  requestId,
}: Pick<RouterContext, "address" | "requestId"> & { identity: Authenticated }): Acting {
  return {
    actor: actorOf(identity),
    ...(address !== undefined && { address }),
    requestId,
    ...(identity.scope === "installation" && { isOperator: true }),
  };
}
