/** Upper bounds, in seconds, of the classes that delays are counted in; what is longer is in one more class. */
const BOUNDS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300] as const;
const MINUTE_MS = 60_000;
/** Minutes that are counted, the present one included. */
const MINUTES = 5;

/** Counts how late callbacks are recorded, over the last five minutes of this process. */
export interface LagMeter {
  /** Something happened at a time, by the provider's clock, and is recorded now. */
  note(happenedAt: Date): void;
  /** How many delays are in each class, the shortest first. */
  read(): number[];
}

/** How late callbacks were recorded: median and 95th percentile in seconds; null above the longest bound. */
export interface CallbackLag {
  callbacks: number;
  halfWithinSeconds: number | null;
  mostWithinSeconds: number | null;
}

/** A meter on a clock; a clock of the provider that is ahead of it counts as no delay. */
export function createLagMeter(now: () => Date): LagMeter {
  const slots = new Map<number, number[]>();
  const minuteOf = (time: Date) => Math.floor(time.getTime() / MINUTE_MS);
  const forget = () => {
    const oldest = minuteOf(now()) - MINUTES + 1;
    for (const minute of slots.keys()) if (minute < oldest) slots.delete(minute);
  };
  return {
    note(happenedAt) {
      forget();
      const at = now();
      const seconds = (at.getTime() - happenedAt.getTime()) / 1000;
      const found = BOUNDS.findIndex((bound) => seconds <= bound);
      const counts = slots.get(minuteOf(at)) ?? noCounts();
      counts[found < 0 ? BOUNDS.length : found]! += 1;
      slots.set(minuteOf(at), counts);
    },
    read() {
      forget();
      return summed([...slots.values()]);
    },
  };
}

/** Merged counts of several processes. */
export function callbackLagOf(counts: readonly (readonly number[])[]): CallbackLag {
  const all = summed(counts);
  const callbacks = all.reduce((sum, one) => sum + one, 0);
  const within = (share: number): number | null => {
    let sum = 0;
    const index = all.findIndex((count) => (sum += count) >= share * callbacks);
    return BOUNDS[index] ?? null;
  };
  if (callbacks === 0) return { callbacks, halfWithinSeconds: null, mostWithinSeconds: null };
  return { callbacks, halfWithinSeconds: within(0.5), mostWithinSeconds: within(0.95) };
}

function summed(counts: readonly (readonly number[])[]): number[] {
  return noCounts().map((_, index) => counts.reduce((sum, one) => sum + (one[index] ?? 0), 0));
}

function noCounts(): number[] {
  return Array.from({ length: BOUNDS.length + 1 }, () => 0);
}
