/** How long values are cached, and how many. */
export interface ShortCacheOptions {
  validMs: number;
  /** At the limit, the oldest entry is removed. */
  maxEntries: number;
  /** A monotonic clock, in milliseconds. */
  elapsedMs: () => number;
}

/** Cached results of reads, kept for a short time and shared by concurrent readers. */
export interface ShortCache<Value> {
  /** Returns the cached value if it is younger than `validMs`, else loads it. Rejects as `load` does. */
  get(key: string, load: () => Promise<Value | null>): Promise<Value | null>;
  /** Remove every entry. */
  clear(): void;
}

interface Entry<Value> {
  loadedAt: number;
  value: Promise<Value | null>;
}

/** An empty cache. It stores neither nulls nor failures. */
export function shortCache<Value>(options: ShortCacheOptions): ShortCache<Value> {
  const { validMs, maxEntries, elapsedMs } = options;
  const entries = new Map<string, Entry<Value>>();

  function keep(key: string, entry: Entry<Value>): void {
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    const drop = () => void (entries.get(key) === entry && entries.delete(key));
    // The caller that awaits the value handles its failure.
    entry.value.then((value) => void (value === null && drop()), drop);
  }

  return {
    get(key, load) {
      // The age counts from before the load: what it reads may be as old as that.
      const loadedAt = elapsedMs();
      const present = entries.get(key);
      if (present !== undefined && loadedAt - present.loadedAt < validMs) return present.value;
      const entry = { loadedAt, value: load() };
      keep(key, entry);
      return entry.value;
    },
    clear: () => entries.clear(),
  };
}
