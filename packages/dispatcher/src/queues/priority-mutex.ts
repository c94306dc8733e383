/** Runs tasks one at a time, in order; urgent tasks go before all waiting ones. */
export type PriorityMutex = <T>(task: () => Promise<T>, goesFirst: boolean) => Promise<T>;

/** Options of a task. */
export function createPriorityMutex(): PriorityMutex {
  const first: (() => void)[] = [];
  const others: (() => void)[] = [];
  let isTaken = false;
  return async (task, goesFirst) => {
    if (isTaken)
      await new Promise<void>((resolve) => {
        (goesFirst ? first : others).push(resolve);
      });
    isTaken = true;
    try {
      return await task();
    } finally {
      const next = first.shift() ?? others.shift();
      // Handed over while locked, so that no other task gets in between.
      if (next === undefined) isTaken = false;
      else next();
    }
  };
}
