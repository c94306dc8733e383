import type { CallOutcome, DeliveryKind, RecordedRefusalClass, WaitReason } from "@call-log/model";

/** Counters of the dispatcher. */
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

/** Name of a counter. */
export type MetricName = (typeof METRIC_NAMES)[number];

/**
 * Steps of a call, in their order; each is measured from the one before: acceptance, due, claimed, asked, taken,
 * answered, ended.
 */
export const DISPATCH_STEPS = ["due", "claimed", "asked", "taken", "answered", "ended"] as const;

/** A step of a call. */
export type DispatchStep = (typeof DISPATCH_STEPS)[number];

/** Results of asking a provider to place a call. */
export const PLACE_RESULTS = ["accepted", "rejected", "unknown"] as const;

/** Results of a try to deliver an event. */
export const DELIVERY_RESULTS = ["delivered", "retried", "failed"] as const;

/** What the dispatcher measures, by its name. Times are in seconds; no measurement names a call, a number or a text. */
export interface Measurements {
  step: { step: DispatchStep; seconds: number };
  /** A provider was asked to place a call. */
  placed: { provider: string; result: (typeof PLACE_RESULTS)[number]; seconds: number };
  attemptEnded: {
    provider: string | undefined;
    outcome: CallOutcome;
    refusalClass: RecordedRefusalClass | undefined;
  };
  callEnded: { status: string };
  deferred: { reason: WaitReason };
  /** What the limiter answered: 0 for a turn at once. */
  limiterWait: { provider: string; seconds: number };
  /** From the time that a callback names to its record. */
  callbackLag: { provider: string; seconds: number };
  /** What the cost of attempts grew by: in millionths of the currency. */
  cost: { provider: string | undefined; currency: string; micro: number };
  job: { queue: string; seconds: number; failed: boolean };
  /** A try to deliver an event: how it went, and the time since the event. */
  delivery: {
    kind: DeliveryKind;
    result: (typeof DELIVERY_RESULTS)[number];
    lagSeconds: number;
  };
  /** A round of maintenance has ended. */
  round: { seconds: number };
}

/** Takes one measurement. */
export type Measure = <N extends keyof Measurements>(name: N, measured: Measurements[N]) => void;

/** Counts since this process started, and measurements for whatever collects them. */
export interface Metrics {
  add(name: MetricName, amount?: number): void;
  read(): Readonly<Record<MetricName, number>>;
  measure: Measure;
}

/** A metrics with everything at zero; measurements go nowhere unless they are given a place. */
export function createMetrics(measure: Measure = () => undefined): Metrics {
  const counts = Object.fromEntries(METRIC_NAMES.map((name) => [name, 0])) as Record<
    MetricName,
    number
  >;
  return {
    add: (name, amount = 1) => void (counts[name] += amount),
    read: () => ({ ...counts }),
    measure,
  };
}
