import type { SharedCounters } from "@call-log/dispatcher";

const MINUTE_MS = 60_000;
/** How often processes share what they counted, in milliseconds; between, each counts in memory. */
const SHARE_EVERY_MS = 1000;
/** Counts below this are not worth a command. */
const WORTH_SHARING = 10;

interface Count {
  /** What all processes had counted when they shared last, this one's part included. */
  shared: number;
  /** What this process has counted since. */
  unshared: number;
}

/** Requests by key in this minute, of all processes: counted in memory, so that no request waits for Redis, and shared over it. */
export interface RequestCounts {
  /** Count requests of a key; how many it has now in this minute, and for how many milliseconds the minute lasts. */
  add(key: string, requests: number): { current: number; ttl: number };
  /** Share what was counted; while Redis is away each process goes by its own count. */
  share(): Promise<void>;
  close(): void;
}

/** Counts that are shared over these counters every second. */
export function createRequestCounts(deps: {
  counters: SharedCounters;
  now: () => Date;
}): RequestCounts {
  const { counters, now } = deps;
  let minute = 0;
  let counts = new Map<string, Count>();
  let isSharing = false;

  function turnPage(at: number): void {
    const begun = Math.floor(at / MINUTE_MS);
    if (begun === minute) return;
    minute = begun;
    counts = new Map();
  }

  async function shareOnce(): Promise<void> {
    turnPage(now().getTime());
    const page = counts;
    const due = [...page].filter(([, { unshared }]) => unshared >= WORTH_SHARING);
    if (due.length === 0) return;
    const sent = due.map(([key, { unshared }]) => ({ name: `${minute}:${key}`, by: unshared }));
    const totals = await counters.add(sent, 2 * MINUTE_MS);
    for (const [index, [, count]] of due.entries()) {
      count.shared = totals[index] ?? count.shared;
      count.unshared -= sent[index]?.by ?? 0;
    }
  }

  async function share(): Promise<void> {
    if (isSharing) return;
    isSharing = true;
    try {
      await shareOnce();
    } finally {
      isSharing = false;
    }
  }

  // Other code reports an unreachable Redis; its part of the count is caught up when it is back.
  const timer = setInterval(() => void share().catch(() => undefined), SHARE_EVERY_MS).unref();

  return {
    add(key, requests) {
      const at = now().getTime();
      turnPage(at);
      const count = counts.get(key) ?? { shared: 0, unshared: 0 };
      counts.set(key, count);
      count.unshared += requests;
      return { current: count.shared + count.unshared, ttl: MINUTE_MS - (at % MINUTE_MS) };
    },
    share,
    close: () => clearInterval(timer),
  };
}
