import { isDatabaseAway } from "../database-error.ts";

/** One operation on many inputs: an answer to each in its place; an Error is that of one input alone. */
export type BatchOperation<I, O> = (inputs: readonly I[]) => Promise<readonly (O | Error)[]>;

/** Size of a batch, and how long the next one waits for the one under way. */
export interface BatchLimits {
  /** @defaultValue 100 */
  size?: number;
  /** A group that takes longer than this many milliseconds holds up no other. @defaultValue 50 */
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
    // The command as a whole was refused; which of its inputs is to blame shows when each goes alone.
    if (group.length > 1 && !isDatabaseAway(error))
      await Promise.all(group.map((one) => settle(operate, [one])));
    else for (const { reject } of group) reject(error);
  }
}
