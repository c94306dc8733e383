import { setTimeout as delay } from "node:timers/promises";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/** Seconds before each further try; the last one repeats. A database that fails over is back within ten. */
const WAITS = [1, 2, 4, 8, 15, 30];
/** Half an hour. */
const TRIES = 60;

/**
 * Write what only this process knows of an attempt: again and again while the database is away, and until `write` says that nothing is left to write.
 * Nobody waits for it, so it never rejects. When it gives up, the call stays `Unknown`, which is what the sweeper made of it.
 */
export async function untilWritten(
  { log }: Pick<DispatchContext, "log">,
  attemptId: string,
  write: () => Promise<boolean>,
): Promise<void> {
  let failure: unknown;
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (tries > 0)
      await delay(1000 * (WAITS[tries - 1] ?? WAITS.at(-1)!), undefined, { ref: false });
    try {
      if (await write()) return;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
  }
  if (failure === undefined) return;
  const fields = { attemptId, ...errorFields(failure) };
  log.error(fields, "what only this process knows of an attempt could not be written");
}
