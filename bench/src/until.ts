import { setTimeout as delay } from "node:timers/promises";

/** Retries until `attempt` succeeds, for at most `timeoutMs`; then rejects with its last error. */
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
