import { z } from "zod";

import { onlyKeys } from "../only-keys.ts";
import { timestampInput } from "../timestamp.ts";
import { queryInput } from "./list-input.ts";
import { officialZone } from "./stats-input.ts";

const HOUR_MS = 3_600_000;

/** How long a bucket of a histogram is. */
export interface BucketSize {
  /** Milliseconds; where the clock changes, and for months, about so many. */
  ms: number;
  /** How the zone's own clock divides it; absent for sizes that are the same in every zone. */
  local?: "hours" | "days" | "weeks" | "months";
}

/** Every size of a bucket, the smallest first. */
export const BUCKET_SIZES = {
  minute: { ms: 60_000 },
  "5 minutes": { ms: 300_000 },
  "15 minutes": { ms: 900_000 },
  hour: { ms: HOUR_MS },
  "6 hours": { ms: 6 * HOUR_MS, local: "hours" },
  day: { ms: 24 * HOUR_MS, local: "days" },
  week: { ms: 168 * HOUR_MS, local: "weeks" },
  month: { ms: 730 * HOUR_MS, local: "months" },
} as const satisfies Record<string, BucketSize>;

/** Name of a bucket's size. */
export type BucketSizeName = keyof typeof BUCKET_SIZES;

/** Most buckets of a histogram. */
export const MAX_BUCKETS = 120;

const manyBuckets = `must be a whole number from 1 to ${MAX_BUCKETS}`;

/** Input of a histogram over call logs. */
export const histogramInput = onlyKeys({
  query: queryInput,
  from: timestampInput.optional().meta({ description: "Not before; the oldest call when absent" }),
  to: timestampInput.optional().meta({ description: "Before; the newest call when absent" }),
  buckets: z
    .int({ error: manyBuckets })
    .min(1, { error: manyBuckets })
    .max(MAX_BUCKETS, { error: manyBuckets })
    .default(60)
    .meta({ description: "Most buckets; the smallest size that makes no more is taken" }),
  timeZone: officialZone,
})
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ["to"],
    error: "must be after from",
  })
  .meta({ id: "CallLogHistogram", title: "Call logs over time" });

/** Input of a histogram over call logs, parsed. */
export type HistogramQuery = z.output<typeof histogramInput>;
