/** Lets only so many runs of a task happen at once; the others wait for their turn, in order. */
export function limitConcurrency<Input, Output>(
  most: number,
  task: (input: Input) => Promise<Output>,
): (input: Input) => Promise<Output> {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function enter(): Promise<void> {
    if (running < most) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }

  return async (input) => {
    await enter();
    try {
      return await task(input);
    } finally {
      leave();
    }
  };
}
