/** The time this many seconds after another; fractions allowed, negative ones go back. */
export function secondsAfter(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

/** Seconds from one time to a later one; negative when it is earlier. */
export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1000;
}

/** The earliest of these times, or undefined when there is none. */
export function earliest(times: readonly (Date | undefined)[]): Date | undefined {
  return times.reduce<Date | undefined>(
    (first, time) => (time !== undefined && (first === undefined || time < first) ? time : first),
    undefined,
  );
}
