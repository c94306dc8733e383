import type { ChildProcess } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

/** Between two looks: short at first, then so long that the looks are no load of their own. */
const [SHORTEST_MS, LONGEST_MS] = [10, 50];
/** Long enough for the busiest machine, shorter than the limit of a test. A shorter wait tests how busy the machine is. */
export const PATIENCE_MS = 240_000;

interface Waiting {
  /** Milliseconds until it fails; `PATIENCE_MS` unless told. */
  timeoutMs?: number;
  /** What is waited for, for the error. */
  describe?: string;
  /** The process that brings it about: there is nothing to wait for once it has ended. */
  child?: ChildProcess;
  /** What that process printed, for the error. */
  printed?: () => string;
}

/** Poll a condition until it holds, and give its value; fail when the time is over or the process has ended, saying what was waited for. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: Waiting = {},
): Promise<Exclude<T, undefined | null | false>> {
  const { timeoutMs = PATIENCE_MS, describe = "the condition" } = options;
  const startedAt = performance.now();
  const endsAt = startedAt + timeoutMs;
  for (;;) {
    // Before the condition: what the process did before it ended counts.
    const ended = endOf(options);
    const value = await condition();
    if (value !== undefined && value !== null && value !== false)
      return value as Exclude<T, undefined | null | false>;
    if (ended !== undefined) throw new Error(`waited in vain for ${describe}: ${ended}`);
    if (performance.now() >= endsAt)
      throw new Error(`waited ${timeoutMs} ms in vain for ${describe}`);
    await delay(Math.min(LONGEST_MS, SHORTEST_MS + (performance.now() - startedAt) / 50));
  }
}

function endOf({ child, printed }: Waiting): string | undefined {
  const end = child?.exitCode ?? child?.signalCode ?? undefined;
  return end === undefined ? undefined : `the process ended with ${end}: ${printed?.() ?? ""}`;
}
