import { isDatabaseAway } from "./database-error.ts";

/** One operation on many inputs: an answer to each in its place; an Error is that of one input alone. */
export type GroupOperation<I, O> = (inputs: readonly I[]) => Promise<readonly (O | Error)[]>;

/** How large groups may be, and how many of them may be under way at a time. */
export interface GroupLimits {
  /** @defaultValue 100 */
  size?: number;
  /** @defaultValue 1 */
  underWay?: number;
}

interface Waiter<I, O> {
  input: I;
  resolve: (answer: O) => void;
  reject: (error: unknown) => void;
}

/**
 * An operation for one input that shares its round trip: inputs that come in the same turn of the event loop, or while a group is under
 * way, go together. Nobody waits for others to come, and what fails for one input fails for no other.
 */
export function groupCommit<I, O>(
  operate: GroupOperation<I, O>,
  { size = 100, underWay: mostUnderWay = 1 }: GroupLimits = {},
): (input: I) => Promise<O> {
  const waiting: Waiter<I, O>[] = [];
  let underWay = 0;
  let isDue = false;

  function startSoon(): void {
    if (isDue || underWay >= mostUnderWay || waiting.length === 0) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      underWay += 1;
      void settle(operate, waiting.splice(0, size)).finally(() => {
        underWay -= 1;
        startSoon();
      });
      startSoon();
    });
  }

  return (input) =>
    new Promise<O>((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      startSoon();
    });
}

async function settle<I, O>(
  operate: GroupOperation<I, O>,
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
