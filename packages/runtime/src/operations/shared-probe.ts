import { setTimeout as delay } from "node:timers/promises";

/** What was found: it takes writes, it answers but refuses them, or it does not answer in time. */
export type Found = "up" | "refusing" | "away";

/** For so long an answer holds for all who ask, in milliseconds. */
const HOLDS_MS = 1000;

/** How to probe. */
export interface Probe {
  /** Rejects when it does not work. */
  check: () => Promise<unknown>;
  /** Whether this error came from a server that answers. */
  isRefusal: (error: unknown) => boolean;
}

/** Probe at most once a second, however often it is called. A service that takes longer than `withinMs` counts as unreachable. */
export function sharedProbe(
  probe: Probe,
  { withinMs = 3000, elapsedMs = () => performance.now() } = {},
): () => Promise<Found> {
  let last: { at: number; found: Promise<Found> } | undefined;
  return () => {
    const now = elapsedMs();
    if (last === undefined || now - last.at >= HOLDS_MS)
      last = { at: now, found: inTime(find(probe), withinMs) };
    return last.found;
  };
}

async function find({ check, isRefusal }: Probe): Promise<Found> {
  try {
    await check();
    return "up";
  } catch (error) {
    return isRefusal(error) ? "refusing" : "away";
  }
}

async function inTime(found: Promise<Found>, withinMs: number): Promise<Found> {
  const timer = new AbortController();
  const tooLate = delay(withinMs, "away" as const, { signal: timer.signal, ref: false });
  try {
    return await Promise.race([found, tooLate]);
  } finally {
    timer.abort();
    tooLate.catch(() => undefined);
  }
}
