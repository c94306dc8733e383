import { isDatabaseAway } from "../database-error.ts";

/** One operation on many inputs: a result for each, in order; an Error concerns one input only. */
export type BatchOperation<I, O> = (inputs: readonly I[]) => Promise<readonly (O | Error)[]>;

/** Size of a batch, and how long the next batch waits for the present one. */
export interface BatchLimits {
  /** @defaultValue 100 */
  size?: number;
  /** Milliseconds after which a slow batch no longer holds up the next. @defaultValue 50 */
  slowMs?: number;
}

interface Waiter<I, O> {
  input: I;
  resolve: (answer: O) => void;
  reject: (error: unknown) => void;
}

/**
 * Batches an operation: inputs of the same turn of the event loop, or that arrive while a batch is under way, share one call. No input
 * waits for others to arrive, and a failure of one input does not fail the others.
 */
export function batchLoader<I, O>(
  operate: BatchOperation<I, O>,
  { size = 100, slowMs = 50 }: BatchLimits = {},
): (input: I) => Promise<O> {
  const waiting: Waiter<I, O>[] = [];
  let isHeldUp = false;

  function startSoon(): void {
    if (isHeldUp || waiting.length === 0) return;
    isHeldUp = true;
    setImmediate(start);
  }

  function start(): void {
    let isHolding = true;
    const goOn = () => {
      if (!isHolding) return;
      isHolding = false;
      isHeldUp = false;
      startSoon();
    };
    const timer = setTimeout(goOn, slowMs);
    void settle(operate, waiting.splice(0, size)).finally(() => {
      clearTimeout(timer);
      goOn();
    });
  }

  return (input) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      startSoon();
    });
}

async function settle<I, O>(
  operate: BatchOperation<I, O>,
  group: readonly Waiter<I, O>[],
): Promise<void> {
  try {
    const answers = await operate(group.map(({ input }) => input));
    for (const [index, { resolve, reject }] of group.entries()) {
      const answer = answers[index] as O | Error;
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
    }
  } catch (error) {
    // The whole command was refused; sending each input alone shows which one is at fault.
    if (group.length > 1 && !isDatabaseAway(error))
      await Promise.all(group.map((one) => settle(operate, [one])));
    else for (const { reject } of group) reject(error);
  }
}
