import { setTimeout as delay } from "node:timers/promises";

/** Wait until something succeeds, trying it again and again for at most so long; rejects with its last error. */
export async function until<T>(attempt: () => Promise<T>, timeoutMs = 60_000): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await delay(50);
    }
  }
}
