import { setImmediate as turn } from "node:timers/promises";

import type { Catalog } from "./catalog.ts";
import { CommandError } from "./errors.ts";
import type { View } from "./storage.ts";

/** What long work yields when others should have their turn. */
export const PAUSE = Symbol("pause");

/** Work that may pause on the way to its result. */
export type Work<Result> = Generator<typeof PAUSE, Result>;

/** Work that goes on later holds a state of the data on disk each; LMDB can hold 512, and cursors have 400 of them. */
const MOST_PAUSED = 64;
/** How much of it takes turns; the rest waits, because a long read may hold much of what it has read. */
const MOST_GOING = 8;

/** Has commands take turns, so that a long read delays nobody. */
export class Turns {
  #paused = 0;
  #going = 0;
  readonly #waiting: (() => void)[] = [];
  #isClosed = false;

  /** Does work, with turns of others wherever it pauses; at once if too much is paused already. */
  run<Result>(work: Work<Result>): Result | Promise<Result> {
    const first = work.next();
    if (first.done === true) return first.value;
    return this.#paused < MOST_PAUSED ? this.#goOn(work) : atOnce(work);
  }

  async #goOn<Result>(work: Work<Result>): Promise<Result> {
    this.#paused += 1;
    await this.#enter();
    try {
      for (;;) {
        await turn();
        const step = this.#isClosed ? work.throw(closed()) : work.next();
        if (step.done === true) return step.value;
      }
    } finally {
      this.#leave();
      this.#paused -= 1;
    }
  }

  async #enter(): Promise<void> {
    if (this.#going < MOST_GOING) this.#going += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  // Whoever waits takes the place.
  #leave(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#going -= 1;
    else next();
  }

  /** Ends the work that is paused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    while (this.#paused > 0) await turn();
  }
}

function closed(): CommandError {
  return new CommandError("InterruptedAtShutdown", "the server is shutting down");
}

/** Does work to its end without a turn of others. */
export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Reads one state of the data, however often the work pauses. */
export function* onOneState<Result>(
  catalog: Catalog,
  read: (view: View) => Work<Result>,
): Work<Result> {
  const snapshot = catalog.hold();
  const work = read(snapshot);
  try {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      snapshot.keep();
      yield PAUSE;
    }
  } finally {
    work.return(undefined as never);
    snapshot.release();
  }
}
