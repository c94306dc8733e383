import type { Transaction } from "lmdb";

import type { View } from "./storage.ts";

/** A state of the data that stays as it is until all that use it have released it. */
export class Snapshot implements View {
  /** Undefined while the state is still the newest one, which is quicker to read. */
  transaction: Transaction | undefined;
  readonly #held: Transaction;
  #uses = 1;

  constructor(held: Transaction) {
    this.#held = held;
  }

  /** Has all further reads name the state, because a newer one may come. */
  keep(): this {
    this.transaction = this.#held;
    return this;
  }

  use(): this {
    this.#uses += 1;
    return this;
  }

  release(): void {
    this.#uses -= 1;
    if (this.#uses === 0) this.#held.done();
  }
}
