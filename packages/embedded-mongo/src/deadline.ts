import { CommandError } from "./errors.ts";

const STEPS_PER_LOOK = 64;
/** How long a read goes on before others have their turn. */
const TURN_MS = 5;

/** The moment by which a command must be done; work asks it now and then. */
export class Deadline {
  readonly #end: number;
  #steps = 0;
  #turnEnd: number | undefined;

  constructor(maxTimeMs: number | undefined) {
    this.#end =
      maxTimeMs === undefined || maxTimeMs === 0 ? Infinity : performance.now() + maxTimeMs;
  }

  /**
   * Refuses to go on when the time is over, and returns whether others should have their turn; cheap enough to call for
   * each document.
   */
  check(): boolean {
    this.#steps += 1;
    if (this.#steps % STEPS_PER_LOOK !== 0) return false;
    const now = performance.now();
    if (now > this.#end)
      throw new CommandError("MaxTimeMSExpired", "operation exceeded time limit");
    // The turn begins with the first look after the last one ended.
    this.#turnEnd ??= now + TURN_MS;
    if (now < this.#turnEnd) return false;
    this.#turnEnd = undefined;
    return true;
  }
}
