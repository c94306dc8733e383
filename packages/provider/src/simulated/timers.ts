/** Runs something once after a time; returns what calls it off. */
export type SetTimer = (run: () => void, milliseconds: number) => () => void;

/** Waits that end early, all at once, when their owner closes. */
export interface Timers {
  /** True when the time has passed, false when it was closed before. */
  wait(milliseconds: number): Promise<boolean>;
  isClosed(): boolean;
  close(): void;
}

/** The timer of the system. */
export const systemTimer: SetTimer = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** Waits on a timer of one's choice. */
export function createTimers(setTimer: SetTimer): Timers {
  const endEarly = new Set<() => void>();
  let closed = false;

  function wait(milliseconds: number): Promise<boolean> {
    if (closed || milliseconds <= 0) return Promise.resolve(!closed);
    return new Promise((resolve) => {
      const callOff = setTimer(() => end(true), milliseconds);
      const end = (elapsed: boolean) => {
        endEarly.delete(stop);
        resolve(elapsed);
      };
      const stop = () => {
        callOff();
        end(false);
      };
      endEarly.add(stop);
    });
  }

  return {
    wait,
    isClosed: () => closed,
    close: () => {
      closed = true;
      for (const stop of endEarly) stop();
    },
  };
}
