/** How long an answer is used again, and how many at most. */
export interface ShortCacheOptions {
  validMs: number;
  maxEntries: number;
  /** Milliseconds since any moment, never going back. */
  elapsedMs: () => number;
}

/** Answers of a read that are used again for a moment, by those too who ask while it runs. */
export interface ShortCache<Value> {
  /** What was read under this key not longer ago than that, else what is read now. Who asks in the second half of that time has it read anew a moment later, and waits for nothing. */
  get(key: string, read: () => Promise<Value | null>): Promise<Value | null>;
  /** Read everything anew from now on. */
  clear(): void;
}

interface Entry<Value> {
  readAt: number;
  value: Promise<Value | null>;
  /** It is to be read anew, and what is being read in its place. */
  isDue?: boolean;
  next?: Entry<Value>;
}

/** How long after an old answer was given it is read anew, in milliseconds: what it was wanted for goes first. */
const RENEWED_AFTER_MS = 50;

/** No answers yet. Those that are nothing, and failures, are not used again. */
export function shortCache<Value>(options: ShortCacheOptions): ShortCache<Value> {
  const { validMs, maxEntries, elapsedMs } = options;
  const entries = new Map<string, Entry<Value>>();

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

  function keep(key: string, entry: Entry<Value>): void {
    entries.delete(key);
    entries.set(key, entry);
    void dropIfNothing(key, entry.value);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
  }

  // What was forgotten meanwhile is not brought back; what can't be read anew holds until it is too old.
  async function renew(key: string, present: Entry<Value>, read: () => Promise<Value | null>) {
    if (entries.get(key) !== present) return;
    const next = { readAt: elapsedMs(), value: read() };
    present.next = next;
    try {
      await next.value;
      if (entries.get(key) === present) keep(key, next);
    } catch {
      delete present.next;
      present.isDue = false;
    }
  }

  return {
    get(key, read) {
      // The age counts from before the read, when what it finds may already have been as it is.
      const readAt = elapsedMs();
      const ageOf = (entry: Entry<Value>) => readAt - entry.readAt;
      const present = entries.get(key);
      if (present !== undefined && ageOf(present) < validMs) {
        if (ageOf(present) >= validMs / 2 && !present.isDue) {
          present.isDue = true;
          setTimeout(() => void renew(key, present, read), RENEWED_AFTER_MS).unref();
        }
        return present.value;
      }
      const next = present?.next;
      const entry = next && ageOf(next) < validMs ? next : { readAt, value: read() };
      keep(key, entry);
      return entry.value;
    },
    clear: () => entries.clear(),
  };
}
