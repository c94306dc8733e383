import { CallLogError, type ProjectOperation } from "@call-log/model";
import type { ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";
import { authenticate, authorize } from "./authorize.ts";

/** Milliseconds between two permission checks of a long response: an ended session or revoked key ends it. */
const ASK_AGAIN_MS = 3000;

/** A check for long responses: may the caller still do this, for the same project? Throws as `authorize` does; asks the database at most every 3 s. */
export function stillAllowed(
  ctx: RouterContext,
  { identity, operation }: { identity: ProjectIdentity; operation: ProjectOperation },
): () => Promise<void> {
  let askedAt = performance.now();
  return async () => {
    if (performance.now() - askedAt <= ASK_AGAIN_MS) return;
    const { projectId } = authorize(await authenticate(ctx), operation);
    if (projectId !== identity.projectId)
      throw new CallLogError("CONFLICT", "The session is about another project now.");
    askedAt = performance.now();
  };
}
