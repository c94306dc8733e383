import { z } from "zod";

import { onlyKeys } from "../../value/only-keys.ts";
import { timestampInput } from "../../value/timestamp.ts";
import { inParts, partCursor } from "./in-parts.ts";
import { queryInput } from "./list-input.ts";
import { officialZone } from "./stats-input.ts";

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
  inParts,
  cursor: partCursor,
})
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ["to"],
    error: "must be after from",
  })
  .meta({ id: "CallLogHistogram", title: "Call logs over time" });

/** Input of a histogram over call logs, parsed. */
export type HistogramQuery = z.output<typeof histogramInput>;
