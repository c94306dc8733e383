import { setTimeout as delay } from "node:timers/promises";

const POLL_EVERY_MS = 10;

/** Poll a condition until it holds, and give its value; after `timeoutMs` (default 10 s) fail, saying what was waited for. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: { timeoutMs?: number; describe?: string } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { timeoutMs = 10_000, describe = "the condition" } = options;
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== null && value !== false)
      return value as Exclude<T, undefined | null | false>;
    if (performance.now() >= endsAt)
      throw new Error(`waited ${timeoutMs} ms in vain for ${describe}`);
    await delay(POLL_EVERY_MS);
  }
}
