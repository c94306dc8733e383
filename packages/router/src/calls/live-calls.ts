import { type CallLogView, type liveInput, presentCallLog } from "@call-log/model";
import type { ProjectIdentity } from "@call-log/store";
import { tracked } from "@trpc/server";
import type { z } from "zod";

import { stillAllowed } from "../access/still-allowed.ts";
import type { RouterContext } from "../context.ts";
import { refusal } from "../procedure.ts";

/** One event of the stream; a client resumes from the id of its last event. */
export interface LiveCalls {
  /** Call logs that are new or changed and match, as they stand now. */
  calls: CallLogView[];
  /** Ids of others that are new or changed: they do not match, any more or at all. */
  others: string[];
}

/** The new and changed call logs of the key's project that match, until the client goes; each change at least once. */
export async function* liveCalls(
  ctx: RouterContext & { identity: ProjectIdentity },
  { query, select, lastEventId }: z.output<typeof liveInput>,
  signal: AbortSignal | undefined,
) {
  const { projectId } = ctx.identity;
  const since = lastEventId ?? undefined;
  const project =
    "project" in select.relations ? await ctx.store.projects.find(projectId) : undefined;
  const requireAllowed = stillAllowed(ctx, { identity: ctx.identity, operation: "read" });
  try {
    for await (const { ids, at } of ctx.feed.listen({ projectId, since, signal })) {
      await requireAllowed();
      if (ids.length === 0) continue;
      const found = await ctx.reader.among({ projectId, ids, query, select });
      const matching = new Set(found.map(({ _id }) => _id));
      const calls = found.map((record) => presentCallLog(record, select, project));
      const others = ids.filter((id) => !matching.has(id));
      yield tracked(at.toISOString(), { calls, others } satisfies LiveCalls);
    }
  } catch (thrown) {
    // A closing process is no error for the client: it reconnects, to another process.
    if (thrown instanceof Error && thrown.name === "AbortError") throw thrown;
    throw refusal(thrown, ctx);
  }
}
