import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/** What it takes to go on with migrations. */
type MigrationContext = Pick<DispatchContext, "backgroundMigrations" | "log" | "now">;

/** How long one round works, in milliseconds; the sweep waits meanwhile. */
const BUDGET_MS = 500;
/** Pause between looks when all is done, in milliseconds. */
const REST_MS = 300_000;

/** A round that goes on with the migrations that nothing waits for; it does nothing during the pause. */
export function createMigrationRound(context: MigrationContext): () => Promise<void> {
  let restsUntil = 0;
  return async () => {
    const now = context.now().getTime();
    if (now < restsUntil) return;
    try {
      if (await context.backgroundMigrations.run(BUDGET_MS)) restsUntil = now + REST_MS;
    } catch (error) {
      restsUntil = now + REST_MS;
      context.log.warn(
        errorFields(error),
        "a background migration could not go on; the next try is in five minutes",
      );
    }
  };
}
