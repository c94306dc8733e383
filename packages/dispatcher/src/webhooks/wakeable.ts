/** Work that runs when it is woken. */
export interface Wakeable {
  /** Run it now, or once more when it is running. */
  wake(): void;
  /** Resolves when nothing is running. */
  idle(): Promise<void>;
}

/** Run work at most once at a time. It must not reject. */
export function wakeable(work: () => Promise<void>): Wakeable {
  let isWoken = false;
  let underWay: Promise<void> | undefined;
  async function run(): Promise<void> {
    while (isWoken) {
      isWoken = false;
      await work();
    }
    // In the step of the last look, so that no wake falls between the two.
    underWay = undefined;
  }
  return {
    wake() {
      isWoken = true;
      underWay ??= run();
    },
    idle: async () => underWay,
  };
}
