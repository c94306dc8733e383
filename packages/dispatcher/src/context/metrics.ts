/** What the dispatcher counts. */
export const TALLY_NAMES = [
  "accepted",
  "repeated",
  "invalidRequests",
  "jobsNotAdded",
  "dialled",
  "answersUnknown",
  "answersLate",
  "defects",
  "events",
  "eventsRepeated",
  "eventsOfUnknownAttempts",
  "eventConflicts",
  "swept",
  "sweepFailures",
  "wrongSums",
] as const;

/** Name of something that is counted. */
export type TallyName = (typeof TALLY_NAMES)[number];

/** Counts since this process started, for its metrics. */
export interface Tally {
  add(name: TallyName, amount?: number): void;
  read(): Readonly<Record<TallyName, number>>;
}

/** A tally with everything at zero. */
export function createTally(): Tally {
  const counts = Object.fromEntries(TALLY_NAMES.map((name) => [name, 0])) as Record<
    TallyName,
    number
  >;
  return {
    add: (name, amount = 1) => void (counts[name] += amount),
    read: () => ({ ...counts }),
  };
}
