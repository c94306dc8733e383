import { useSyncExternalStore } from "react";

/** How often the clock ticks, in milliseconds. */
const TICK_MS = 1000;

/** A clock that many parts of a page read: one timer while there is a reader, none without. */
export interface Clock {
  subscribe: (onTick: () => void) => () => void;
  /** Milliseconds since 1970, at the last tick. */
  now(): number;
}

/** What a clock runs on. */
export interface ClockSource {
  now(): number;
  every(ms: number, act: () => void): () => void;
}

const BROWSER: ClockSource = {
  now: () => Date.now(),
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
};

/** A clock of its own; the page shares one. */
export function createClock(source: ClockSource = BROWSER): Clock {
  const readers = new Set<() => void>();
  let time = source.now();
  let stop: (() => void) | undefined;
  const tick = () => {
    time = source.now();
    for (const read of readers) read();
  };
  return {
    now: () => time,
    subscribe(onTick) {
      readers.add(onTick);
      if (stop === undefined) {
        time = source.now();
        stop = source.every(TICK_MS, tick);
      }
      return () => {
        readers.delete(onTick);
        if (readers.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}

const pageClock = createClock();

/** What a function makes of the present time; the component is drawn again only when that changes. Return text or a number. */
export function useFromNow<T extends string | number | undefined>(of: (now: number) => T): T {
  return useSyncExternalStore(pageClock.subscribe, () => of(pageClock.now()));
}
