import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { createRollupRound } from "../maintenance/build-rollups.ts";
import { fileAuditLines } from "../maintenance/file-audit-lines.ts";
import { recheckWaiting } from "../maintenance/recheck-waiting.ts";
import { createSettleRound } from "../maintenance/settle-budgets.ts";
import { sweep } from "../maintenance/sweep.ts";
import { checkPausedProviders } from "../providers/check-account.ts";
import type { Recording } from "../record/update-call.ts";
import type { QueueWorker, WorkerPlace } from "./queue-worker.ts";
import { runWorker } from "./queue-worker.ts";
import type { Queues } from "./queues.ts";

/** What the rounds of maintenance work with. */
type Maintaining = Recording &
  Pick<DispatchContext, "providers" | "providerStates" | "rechecks" | "rollups" | "audit">;

/** How many rounds pass between two looks whether the sweep's schedule is still in Redis. */
const ROUNDS_BETWEEN_LOOKS = 5;

/** Run the worker of `call-maintenance`, and keep its schedule in Redis, also when Redis lost its data. */
export function startMaintenanceWorker(
  context: Maintaining,
  place: WorkerPlace & { queues: Pick<Queues, "keepSweeping"> },
): QueueWorker {
  const everyMs = Math.max(1, Math.round(context.settings.sweepEverySeconds * 1000));
  const settleRound = createSettleRound(context);
  const sumRound = createRollupRound(context);
  const round = async () => {
    await checkPausedProviders(context);
    await settleRound();
    await recheckWaiting(context);
    const swept = await sweep(context);
    await fileAuditLines(context);
    await sumRound();
    return swept;
  };
  const worker = runWorker("maintenance", round, { ...place, options: { concurrency: 1 } });
  const look = async () => {
    try {
      await place.queues.keepSweeping(everyMs);
    } catch (error) {
      context.log.warn(errorFields(error), "the sweep's schedule could not be looked at");
    }
  };
  void look();
  const timer = setInterval(() => void look(), everyMs * ROUNDS_BETWEEN_LOOKS);
  return {
    async close() {
      clearInterval(timer);
      await worker.close();
    },
  };
}
