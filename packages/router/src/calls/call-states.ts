import { CallLogError, type FetchedCallLog, type Selection } from "@call-log/model";
import type { FeedBatch, ProjectIdentity } from "@call-log/store";

import { stillAllowed } from "../access/still-allowed.ts";
import type { RouterContext } from "../context.ts";

/** One call of the caller's project. */
interface OneCall {
  id: string;
  select: Selection;
}

/** Context of a caller who may read a project. */
export type ReadingContext = RouterContext & { identity: ProjectIdentity };

/**
 * A call log as it stands, and again after each change that shows in the selection, until the signal is aborted. Any process may write the
 * change. Throws NOT_FOUND, an AbortError when the feed closes, and what `authorize` throws when the key is revoked.
 */
export async function* callStates(
  ctx: ReadingContext,
  call: OneCall,
  signal: AbortSignal,
): AsyncGenerator<FetchedCallLog, void> {
  const first = await currentCall(ctx, call);
  yield first;
  let shown = JSON.stringify(first);
  for await (const _ of changesOf(ctx, call.id, signal)) {
    const current = await currentCall(ctx, call);
    const now = JSON.stringify(current);
    if (now !== shown) yield current;
    shown = now;
  }
}

/** A call log of the caller's project. Throws NOT_FOUND. */
export async function currentCall(
  { reader, identity }: Pick<ReadingContext, "reader" | "identity">,
  { id, select }: OneCall,
): Promise<FetchedCallLog> {
  const found = await reader.item({ projectId: identity.projectId, id, select });
  if (found !== undefined) return found;
  throw new CallLogError("NOT_FOUND", "There is no such call log in the project of this key.");
}

// Yields when the listener has joined, then at each change: what is read after a yield misses nothing.
async function* changesOf(
  ctx: ReadingContext,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<void, void> {
  const { projectId } = ctx.identity;
  const requireAllowed = stillAllowed(ctx, { identity: ctx.identity, operation: "read" });
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  if (signal.aborted) leave();
  signal.addEventListener("abort", leave);
  const batches = ctx.feed.listen({ projectId, since: null, signal: leaving.signal });
  try {
    let next = nextOf(batches);
    yield;
    for (;;) {
      const { done, value } = await next;
      if (done === true) return;
      await requireAllowed();
      next = nextOf(batches);
      if (value.ids.includes(id)) yield;
    }
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}

// Its failure shows when it is awaited; until then it must not count as unhandled.
function nextOf(
  batches: AsyncGenerator<FeedBatch, void>,
): Promise<IteratorResult<FeedBatch, void>> {
  const next = batches.next();
  next.catch(() => undefined);
  return next;
}
