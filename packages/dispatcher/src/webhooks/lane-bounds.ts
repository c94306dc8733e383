/** How many deliveries of a lane may be sent at a time. */
export interface LaneBounds {
  of(lane: string): number;
  /** Note how a delivery of the lane went. */
  note(lane: string, arrived: boolean): void;
}

/** Of a lane that nothing is known of. */
const FIRST = 4;
/** Of one in which deliveries arrive. */
const MOST = 16;
/** Of one in which the last delivery failed, so that many dead receivers hold up nobody. */
const AFTER_FAILURE = 1;
/** Lanes that are remembered; the ones that were noted longest ago are forgotten first. */
const MAX_LANES = 10_000;

/** Bounds that grow by one with each delivery that arrives, and fall to one with a failure. */
export function createLaneBounds(): LaneBounds {
  const known = new Map<string, number>();
  const of = (lane: string) => known.get(lane) ?? FIRST;
  return {
    of,
    note(lane, arrived) {
      const bound = arrived ? Math.min(of(lane) + 1, MOST) : AFTER_FAILURE;
      known.delete(lane);
      known.set(lane, bound);
      const [oldest] = known.keys();
      if (known.size > MAX_LANES && oldest !== undefined) known.delete(oldest);
    },
  };
}
