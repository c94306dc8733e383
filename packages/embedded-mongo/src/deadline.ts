import { CommandError } from "./errors.ts";

const STEPS_PER_LOOK = 256;

/** The moment by which a command must be done; work asks it now and then. */
export class Deadline {
  readonly #end: number;
  #steps = 0;

  constructor(maxTimeMs: number | undefined) {
    this.#end =
      maxTimeMs === undefined || maxTimeMs === 0 ? Infinity : performance.now() + maxTimeMs;
  }

  /** Refuses to go on when the time is over; cheap enough to call for each document. */
  check(): void {
    this.#steps += 1;
    if (this.#steps % STEPS_PER_LOOK === 0 && performance.now() > this.#end) {
      throw new CommandError("MaxTimeMSExpired", "operation exceeded time limit");
    }
  }
}
