import { CallLogError, type ProjectOperation } from "@call-log/model";
import type { ProjectIdentity } from "@call-log/store";

import type { RouterContext } from "../context.ts";
import { authenticate, authorize } from "./authorize.ts";

/** What goes on for long is asked again after so many milliseconds whether it may: an ended session or revoked key loses it then. */
const ASK_AGAIN_MS = 3000;

/** A question to ask often: may who began this still do it, for the same project? Throws as `authorize` does when not; asks every 3 s at most. */
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
