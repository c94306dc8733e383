import {
  type ActName,
  type ActReport,
  CallLogError,
  type Fact,
  type FactName,
} from "@call-log/model";

import type { RouterContext } from "../context.ts";
import { toCallLogError } from "../to-call-log-error.ts";

/** An act, and the facts of its outcome; undefined facts when nothing was done. */
export interface AuditedAct<A extends ActName, T> {
  report: ActReport<A>;
  facts: (answer: T) => Partial<Record<FactName<A>, Fact | undefined>> | undefined;
  /** @defaultValue 600000: an act takes seconds, and one that has not said how it ended by then never will */
  giveUpAfterMs?: number;
}

/**
 * Perform an act of several writes with one line in the audit trail: begun before the first write, completed with the outcome.
 * If completing the line fails, the act still succeeds, and the line later reads as interrupted.
 */
export async function withAudit<A extends ActName, T>(
  ctx: Pick<RouterContext, "store" | "requestId" | "onUnexpectedError">,
  { report, facts, giveUpAfterMs = 600_000 }: AuditedAct<A, T>,
  perform: () => Promise<T>,
): Promise<T> {
  const begun = await ctx.store.audit.begin(report, { giveUpAfterMs });
  const orReport = async (file: () => Promise<void>) => {
    await file().catch((error: unknown) =>
      ctx.onUnexpectedError(toCallLogError(error), ctx.requestId),
    );
  };
  try {
    const answer = await perform();
    const said = facts(answer);
    await orReport(() => (said === undefined ? begun.discard() : begun.complete(said)));
    return answer;
  } catch (error) {
    // A refused act was not done; after any other error that is unknown.
    if (error instanceof CallLogError && error.httpStatus < 500)
      await orReport(() => begun.discard());
    throw error;
  }
}
