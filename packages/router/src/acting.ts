import type { Acting } from "@call-log/model";
import type { Authenticated } from "@call-log/store";

import type { RouterContext } from "./context.ts";

/** Who acts by a request, for the audit trail. */
export function actingOf({
  identity: { keyId, name },
  address,
  requestId,
}: Pick<RouterContext, "address" | "requestId"> & { identity: Authenticated }): Acting {
  return {
    actor: { kind: "key", id: keyId, ...(name !== undefined && { name }) },
    ...(address !== undefined && { address }),
    requestId,
  };
}
