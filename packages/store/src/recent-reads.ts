/** How long an answer is used again, and how many at most. */
export interface RecentReadsOptions {
  validMs: number;
  maxEntries: number;
  /** Milliseconds since any moment, never going back. */
  elapsedMs: () => number;
}

/** Answers of a read that are used again for a moment, by those too who ask while it runs. */
export interface RecentReads<Value> {
  /** What was read under this key not longer ago than that, else what is read now. */
  get(key: string, read: () => Promise<Value | null>): Promise<Value | null>;
  /** Read everything anew from now on. */
  forget(): void;
}

/** No answers yet. Those that are nothing, and failures, are not used again. */
export function recentReads<Value>(options: RecentReadsOptions): RecentReads<Value> {
  const { validMs, maxEntries, elapsedMs } = options;
  const entries = new Map<string, { readAt: number; value: Promise<Value | null> }>();

  function drop(key: string, value: Promise<Value | null>): void {
    if (entries.get(key)?.value === value) entries.delete(key);
  }

  async function dropIfNothing(key: string, value: Promise<Value | null>): Promise<void> {
    try {
      if ((await value) === null) drop(key, value);
    } catch {
      // Whoever awaits the read gets its failure.
      drop(key, value);
    }
  }

  return {
    get(key, read) {
      // The age counts from before the read, when what it finds may already have been as it is.
      const readAt = elapsedMs();
      const present = entries.get(key);
      if (present !== undefined && readAt - present.readAt < validMs) return present.value;
      const value = read();
      entries.delete(key);
      entries.set(key, { readAt, value });
      void dropIfNothing(key, value);
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
      return value;
    },
    forget: () => entries.clear(),
  };
}
