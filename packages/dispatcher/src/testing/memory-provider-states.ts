import type { ProviderPause, ProviderStateStore } from "@call-log/store";

/** Pauses that are kept in memory alone. */
export function createMemoryProviderStates(now: () => Date): ProviderStateStore {
  const pauses = new Map<string, ProviderPause>();
  const checked = new Map<string, number>();
  return {
    list: async () => [...pauses].map(([_id, paused]) => ({ _id, paused })),
    pauseOf: async (name) => pauses.get(name),
    async pause(name, pause) {
      if (pause.by === "configuration" && pauses.has(name)) return;
      pauses.set(name, { ...pause, at: now() });
      checked.set(name, now().getTime());
    },
    async resume(name, by) {
      return (by === undefined || pauses.get(name)?.by === by) && pauses.delete(name);
    },
    async takeCheck(name, everySeconds) {
      const isDue = now().getTime() - (checked.get(name) ?? 0) >= everySeconds * 1000;
      if (pauses.get(name)?.by !== "configuration" || !isDue) return false;
      checked.set(name, now().getTime());
      return true;
    },
    async takeFirstCheck(name, everySeconds) {
      const isDue = now().getTime() - (checked.get(name) ?? 0) >= everySeconds * 1000;
      if (pauses.has(name) || !isDue) return false;
      checked.set(name, now().getTime());
      return true;
    },
  };
}
