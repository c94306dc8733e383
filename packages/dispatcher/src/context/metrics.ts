/** What the dispatcher counts. */
export const METRIC_NAMES = [
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
export type MetricName = (typeof METRIC_NAMES)[number];

/** Counts since this process started, for its metrics. */
export interface Metrics {
  add(name: MetricName, amount?: number): void;
  read(): Readonly<Record<MetricName, number>>;
}

/** A metrics with everything at zero. */
export function createMetrics(): Metrics {
  const counts = Object.fromEntries(METRIC_NAMES.map((name) => [name, 0])) as Record<
    MetricName,
    number
  >;
  return {
    add: (name, amount = 1) => void (counts[name] += amount),
    read: () => ({ ...counts }),
  };
}
