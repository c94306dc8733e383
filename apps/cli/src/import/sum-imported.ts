import type { RollupStore } from "@call-log/store";

/** Longest time that an import sums what it wrote, in milliseconds; workers go on with the rest. */
const LONGEST_MS = 60_000;
const ROUND_MS = 2000;

/** Sums the imported calls, so that lists, counts and figures need not count them one by one. */
export async function sumImported(
  rollups: Pick<RollupStore, "build">,
  signal: AbortSignal,
): Promise<void> {
  const endAt = performance.now() + LONGEST_MS;
  while (!signal.aborted && performance.now() < endAt)
    if (await rollups.build({ budgetMs: ROUND_MS })) return;
}
