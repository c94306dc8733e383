import type { Collections } from "../collections.ts";
import { MIGRATIONS } from "./migrations.ts";

/** Changes of the stored data that nothing waits for. */
export interface BackgroundMigrations {
  /**
   * Go on with them for about so many milliseconds; several processes may do so at once. False if there is more to do. It looks again
   * after the end: a process of an older release may still write.
   */
  run(budgetMs: number): Promise<boolean>;
}

/** Runs the migrations that are made in parts. */
export function createBackgroundMigrations(
  collections: Collections,
  { now, elapsedMs }: { now: () => Date; elapsedMs: () => number },
): BackgroundMigrations {
  const finished = new Set<number>();

  async function noteFinished(number: number, title: string): Promise<void> {
    if (finished.has(number)) return;
    const at = now();
    const marks = { title, leaseUntil: at, finishedAt: at };
    await collections.migrations.updateOne(
      { _id: number },
      { $setOnInsert: marks },
      { upsert: true },
    );
    finished.add(number);
  }

  return {
    async run(budgetMs) {
      const endAt = elapsedMs() + budgetMs;
      for (const { number, title, runPart } of MIGRATIONS) {
        if (runPart === undefined) continue;
        const isTimeUp = () => elapsedMs() >= endAt;
        if (!(await runPart(collections, { now: now(), isTimeUp }))) return false;
        await noteFinished(number, title);
      }
      return true;
    },
  };
}
