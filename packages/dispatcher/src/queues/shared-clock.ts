import type { Log } from "../context/log.ts";
import { errorFields } from "../context/log.ts";

/** How often the difference is measured again, in milliseconds. */
const MEASURE_EVERY_MS = 30_000;

/** The clock of an installation. */
export interface SharedClock {
  now: () => Date;
  close(): void;
}

/** Where the time comes from; the queues have it from Redis. */
export interface TimeServer {
  time(): Promise<Date>;
}

/**
 * A clock that all processes share: that of the Redis that they share, kept by the difference to their own. Without it, a process whose
 * clock is ahead would give calls up that another has just begun. While Redis is away the last difference stands.
 */
export async function startSharedClock(server: TimeServer, log: Log): Promise<SharedClock> {
  let aheadMs = await measure(server);
  const again = async () => {
    try {
      aheadMs = await measure(server);
    } catch (error) {
      log.warn(errorFields(error), "the clock could not be compared with that of Redis");
    }
  };
  const timer = setInterval(() => void again(), MEASURE_EVERY_MS);
  timer.unref();
  return { now: () => new Date(Date.now() + aheadMs), close: () => clearInterval(timer) };
}

// The answer is as old as half of the way there and back.
async function measure(server: TimeServer): Promise<number> {
  const sentAt = Date.now();
  const time = await server.time();
  return Math.round(time.getTime() - (sentAt + Date.now()) / 2);
}
