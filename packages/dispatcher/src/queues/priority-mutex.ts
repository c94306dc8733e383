/** Runs tasks one at a time, in their order; those that go first before all others that wait. */
export type PriorityMutex = <T>(task: () => Promise<T>, goesFirst: boolean) => Promise<T>;

/** PriorityMutex at something that takes one task at a time. */
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
      // Passed on while it is taken, so that nobody steps in between.
      if (next === undefined) isTaken = false;
      else next();
    }
  };
}
