import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { createRollupRound } from "../maintenance/build-rollups.ts";
import { fileAuditLines } from "../maintenance/file-audit-lines.ts";
import type { Callbacks } from "../maintenance/poll-attempt.ts";
import { recheckWaiting } from "../maintenance/recheck-waiting.ts";
import { createMigrationRound } from "../maintenance/run-background-migrations.ts";
import { createSettleRound } from "../maintenance/settle-budgets.ts";
import { sweep } from "../maintenance/sweep.ts";
import { checkPausedProviders } from "../providers/check-account.ts";
import type { Recording } from "../record/update-call.ts";
import type { JobWorker, WorkerPlace } from "./queue-worker.ts";
import { runWorker } from "./queue-worker.ts";
import type { Queues } from "./queues.ts";

/** What the rounds of maintenance work with. */
type Maintaining = Recording &
  Callbacks &
  Pick<
    DispatchContext,
    "providers" | "providerStates" | "rechecks" | "rollups" | "backgroundMigrations" | "audit"
  >;

/** How many rounds pass between two looks whether the sweep's schedule is still in Redis. */
const ROUNDS_BETWEEN_LOOKS = 5;

/**
 * Rounds may build the sums of years, so that no time is too long; a round that hangs is seen by the age of the last
 * one.
 */
const LONGEST_ROUND_MS = Infinity;

/** Run the worker of `call-maintenance`, and keep its schedule in Redis, also when Redis lost its data. */
export function startMaintenanceWorker(
  context: Maintaining,
  place: WorkerPlace & { queues: Pick<Queues, "keepSweeping"> },
): JobWorker {
  const everyMs = Math.max(1, Math.round(context.settings.sweepEverySeconds * 1000));
  const settleRound = createSettleRound(context);
  const sumRound = createRollupRound(context);
  const migrationRound = createMigrationRound(context);
  const round = async () => {
    const beganAt = performance.now();
    await checkPausedProviders(context);
    await settleRound();
    await recheckWaiting(context);
    const swept = await sweep(context);
    await fileAuditLines(context);
    await sumRound();
    await migrationRound();
    context.metrics.measure("round", { seconds: (performance.now() - beganAt) / 1000 });
    return swept;
  };
  const worker = runWorker("maintenance", round, {
    ...place,
    longestJobMs: LONGEST_ROUND_MS,
    options: { concurrency: 1 },
  });
  const look = async () => {
    try {
      await place.queues.keepSweeping(everyMs);
    } catch (error) {
      if (!place.outage.leaveOut())
        place.log.warn(errorFields(error), "the sweep's schedule could not be looked at");
    }
  };
  void look();
  const timer = setInterval(() => void look(), everyMs * ROUNDS_BETWEEN_LOOKS);
  return {
    ...worker,
    async close() {
      clearInterval(timer);
      await worker.close();
    },
  };
}
