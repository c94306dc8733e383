import { setTimeout as delay } from "node:timers/promises";

/** Between two looks: short at first, then so long that the looks are no load of their own. */
const [SHORTEST_MS, LONGEST_MS] = [10, 50];

/** Poll a condition until it holds, and give its value; after `timeoutMs` (default 30 s) fail, saying what was waited for. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: { timeoutMs?: number; describe?: string } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { timeoutMs = 30_000, describe = "the condition" } = options;
  const startedAt = performance.now();
  const endsAt = startedAt + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false)
      return value as Exclude<T, undefined | null | false>;
    if (performance.now() >= endsAt)
      throw new Error(`waited ${timeoutMs} ms in vain for ${describe}`);
    await delay(Math.min(LONGEST_MS, SHORTEST_MS + (performance.now() - startedAt) / 50));
  }
}
