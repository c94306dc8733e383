/** Something that has to be closed. */
export interface Closable {
  close(): unknown;
}

/** Closes what was opened, the last one first, so that nothing is closed under something that stands on it. */
export interface ClosingStack {
  /** Remember to close this; gives it back. */
  add<T extends Closable>(opened: T): T;
  /** Close everything, also when one of them fails; then throws what the first failure threw. */
  close(): Promise<void>;
}

/** A stack with nothing on it. */
export function closingStack(): ClosingStack {
  const opened: Closable[] = [];
  return {
    add(one) {
      opened.push(one);
      return one;
    },
    async close() {
      const failures: unknown[] = [];
      for (const one of opened.splice(0).toReversed())
        try {
          await one.close();
        } catch (error) {
          failures.push(error);
        }
      if (failures.length > 0) throw failures[0];
    },
  };
}
