import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/** What it takes to build rollups. */
type RollupContext = Pick<DispatchContext, "rollups" | "log" | "metrics" | "now">;

/** How long one round may begin new work, in milliseconds; the sweep waits meanwhile. */
const BUDGET_MS = 1000;
/** Pause between rounds when everything is summed, in milliseconds. */
const REST_MS = 10_000;

/** A round that sums closed periods and verifies one of the sums; it does nothing during the pause. */
export function createRollupRound(context: RollupContext): () => Promise<void> {
  let restsUntil = 0;
  return async () => {
    const now = context.now().getTime();
    if (now < restsUntil) return;
    try {
      if (await context.rollups.build({ budgetMs: BUDGET_MS })) restsUntil = now + REST_MS;
      await audit(context);
    } catch (error) {
      restsUntil = now + REST_MS;
      context.log.warn(
        errorFields(error),
        "calls could not be summed; they are counted one by one",
      );
    }
  };
}

async function audit({ rollups, log, metrics }: RollupContext): Promise<void> {
  const audited = await rollups.verify();
  if (audited === undefined || audited.wrong.length === 0) return;
  const { projectId, wrong } = audited;
  metrics.add("wrongSums", wrong.length);
  log.error({ projectId, periods: wrong.join(" ") }, "wrong rollups of calls are rebuilt");
}
