import type { CallClass } from "@call-log/store";

import { nameOfClass } from "../limiter/limiter.ts";

/** Attempts a second of a class whose next turn is far off: enough to see when that has changed. */
const FEW = 5;
/** A class of which this many a second find a near turn is held back no more. */
const FREE = 500;

/** How many attempts of each class the queue is fed with a second; a class that is not here, as many as it has room for. */
export type FeedPaces = ReadonlyMap<string, number>;

/** The paces of the next second: few of those that are far off, of the others twice as many as before. */
export function nextPaces(paces: FeedPaces, farOff: readonly CallClass[]): FeedPaces {
  const far = new Set(farOff.map(nameOfClass));
  const next = new Map([...far].map((name) => [name, FEW]));
  for (const [name, pace] of paces)
    if (!far.has(name) && pace < FREE) next.set(name, Math.min(FREE, 2 * pace));
  return next;
}
