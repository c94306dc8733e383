/** Notices when the jobs of a queue no longer end. */
export interface ProgressWatch {
  /** Note that a job begins; call the returned function when it ends. */
  begin(): () => void;
  /** Whether a job has been under way for longer than the limit, and none has ended meanwhile. */
  isStuck(): boolean;
}

/**
 * A watch over jobs that end within so many milliseconds, each. One that never ends is a leak; the queue is stuck when
 * it is alone or all are like it.
 */
export function progressWatch(limitMs: number, elapsedMs = () => performance.now()): ProgressWatch {
  // In the order in which they began.
  const underWay = new Map<symbol, number>();
  let lastEndAt = -Infinity;
  return {
    begin() {
      const job = Symbol();
      underWay.set(job, elapsedMs());
      return () => {
        if (underWay.delete(job)) lastEndAt = elapsedMs();
      };
    },
    isStuck() {
      const [oldest] = underWay.values();
      if (oldest === undefined) return false;
      return elapsedMs() - Math.max(oldest, lastEndAt) > limitMs;
    },
  };
}
