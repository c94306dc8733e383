import type { LabelName } from "./metric-labels.ts";

/** What a metric is, and where it comes from. */
export interface MetricEntry {
  type: "counter" | "gauge" | "histogram";
  unit: "seconds" | "bytes" | "ratio" | "USD" | "currency" | "none";
  labels: readonly LabelName[];
  help: string;
  /** Which processes have it; standalone has all. `installation` is of all processes together, and every api answers the same. */
  from: "api" | "worker" | "every process" | "installation";
  /** The file that counts or reads it. */
  countedIn: string;
  /** Upper bounds of the classes of a histogram. */
  buckets?: readonly number[];
}
