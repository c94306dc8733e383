import { CommandError } from "./errors.ts";

/** What a change was waiting for. */
interface Waiting {
  /** Runs the change and returns how its caller is answered once it is kept. */
  readonly run: () => () => void;
  readonly refuse: (reason: unknown) => void;
}

/** Runs changes as one transaction; resolves once it is on disk, keeps nothing if it rejects. */
export type Commit = (changes: () => void) => Promise<void>;

/** Keeps changes in the order they came; those that come while one transaction is written share the next one. */
export class GroupCommit {
  readonly #commit: Commit;
  #waiting: Waiting[] = [];
  #committing: Promise<void> | undefined;

  constructor(commit: Commit) {
    this.#commit = commit;
  }

  /** Runs a change in the next transaction; its answer, or its refusal, comes once that is on disk. */
  run<Value>(change: () => Value): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      const run = (): (() => void) => {
        try {
          const value = change();
          return () => resolve(value);
        } catch (error) {
          // A refused command leaves nothing; after any other error the transaction is not to be trusted.
          if (!(error instanceof CommandError)) throw error;
          return () => reject(error);
        }
      };
      this.#waiting.push({ run, refuse: reject });
      this.#committing ??= this.#commitAll();
    });
  }

  /** Waits for the changes that have come. */
  async close(): Promise<void> {
    await this.#committing;
  }

  async #commitAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commitBatch();
    this.#committing = undefined;
  }

  async #commitBatch(): Promise<void> {
    let batch: readonly Waiting[] = [];
    let answers: (() => void)[] = [];
    try {
      await this.#commit(() => {
        batch = this.#take();
        answers = batch.map(({ run }) => run());
      });
    } catch (error) {
      for (const { refuse } of batch.length === 0 ? this.#take() : batch) refuse(error);
      return;
    }
    for (const answer of answers) answer();
  }

  #take(): Waiting[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}
