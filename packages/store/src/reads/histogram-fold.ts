import { type BucketCounts, groupOfStatus } from "@call-log/model";

import type { CallFold } from "./figures/call-fold.ts";
import type { Buckets } from "./histogram-buckets.ts";

/** Counts of buckets that grow. */
export interface HistogramFold extends CallFold {
  /** Of each bucket, in their order. */
  counts(): BucketCounts[];
}

/** Counts over the buckets of a histogram. */
export function histogramFold({ starts }: Pick<Buckets, "starts">): HistogramFold {
  const edges = starts.map((start) => start.getTime());
  const counts = starts.map((): BucketCounts => ({}));
  const bucketAt = (time: number) => edges.findLastIndex((edge) => edge <= time);
  let read = 0;
  const addTo = (time: number, status: string, calls: number) => {
    const bucket = counts[bucketAt(time)];
    if (bucket === undefined) return;
    const group = groupOfStatus(status);
    bucket[group] = (bucket[group] ?? 0) + calls;
  };
  return {
    projection: { createdAt: 1, status: 1 },
    isOfTime: true,
    fits: ({ from, to }) => bucketAt(from) === bucketAt(to - 1),
    add({ createdAt, status }) {
      read += 1;
      addTo(createdAt.getTime(), status, 1);
    },
    addCells(cells, { from }) {
      for (const { status, sums } of cells) addTo(from, status, sums.calls);
    },
    count: () => read,
    counts: () => counts,
  };
}
