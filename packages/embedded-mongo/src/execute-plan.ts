import type { Collection } from "./collection.ts";
import { ID_BYTES, type IndexEntries, type IndexEntry, type KeyRange } from "./index-entries.ts";
import type { IndexPlan, MergeField, QueryPlan } from "./query-plan.ts";
import type { StoredDocument } from "./stored-document.ts";

/** What an execution looked at; `explain` reports it. */
export interface ExecutionStats {
  keysExamined: number;
  docsExamined: number;
}

/** Yields each document that a plan finds, once; the filter is still to be applied. */
export function* executePlan(
  collection: Collection,
  plan: QueryPlan,
  stats: ExecutionStats,
): Generator<StoredDocument> {
  for (const stored of candidates(collection, plan, stats)) {
    stats.docsExamined += 1;
    yield stored;
  }
}

function candidates(
  collection: Collection,
  plan: QueryPlan,
  stats: ExecutionStats,
): Iterable<StoredDocument> {
  switch (plan.kind) {
    case "collection":
      return collection.documents(plan.reverse);
    case "index":
      return distinctDocuments(collection, [plan], stats);
    case "union":
      return distinctDocuments(collection, plan.branches, stats);
  }
}

function* distinctDocuments(
  collection: Collection,
  plans: readonly IndexPlan[],
  stats: ExecutionStats,
): Generator<StoredDocument> {
  const seen = new Set<number>();
  for (const plan of plans) {
    const index = indexOf(collection, plan);
    const canRepeat = plans.length > 1 || index.multikey.includes(true);
    for (const { record } of planEntries(index, plan)) {
      stats.keysExamined += 1;
      if (canRepeat && seen.has(record)) continue;
      if (canRepeat) seen.add(record);
      const stored = collection.get(record);
      if (stored === undefined) throw new Error(`index ${plan.index} leads to no document`);
      yield stored;
    }
  }
}

/** Counts the keys of an exact plan, without looking at documents. */
export function countPlanKeys(
  collection: Collection,
  plan: IndexPlan,
  stats: ExecutionStats,
): number {
  const index = indexOf(collection, plan);
  const count = plan.ranges.reduce((sum, range) => sum + index.count(range), 0);
  stats.keysExamined += count;
  return count;
}

function indexOf(collection: Collection, plan: IndexPlan): IndexEntries {
  const index = collection.index(plan.index);
  if (index === undefined) throw new Error(`plan names the missing index ${plan.index}`);
  return index;
}

function planEntries(index: IndexEntries, plan: IndexPlan): Iterable<IndexEntry> {
  const ranges = plan.reverse ? plan.ranges.toReversed() : plan.ranges;
  if (plan.mergeBy === undefined || ranges.length === 1)
    return concatenate(index, ranges, plan.reverse);
  const { mergeBy, reverse } = plan;
  return merge(
    ranges.map((range) => mergedRange(index, range, { mergeBy, reverse })),
    reverse,
  );
}

function* concatenate(
  index: IndexEntries,
  ranges: readonly KeyRange[],
  reverse: boolean,
): Generator<IndexEntry> {
  for (const range of ranges) yield* index.scan(range, reverse);
}

/** A range in a merge: the bytes that all its keys share of the order, and where in a key the rest of it begins. */
interface MergedRange {
  readonly scan: Iterator<IndexEntry>;
  readonly begin: Buffer;
  readonly restAt: number;
}

function mergedRange(
  index: IndexEntries,
  range: KeyRange,
  { mergeBy, reverse }: { mergeBy: readonly MergeField[]; reverse: boolean },
): MergedRange {
  const { values } = range.low;
  // Bounds of an interval have its end as their last value; those of points are the points.
  const points = values === range.high.values ? values : values.slice(0, -1);
  const fixed = mergeBy.filter(({ position }) => position < points.length);
  return {
    scan: index.scan(range, reverse),
    begin: Buffer.concat(
      fixed.map(({ position }) => index.encodeField(points[position], position)),
    ),
    restAt: ID_BYTES + index.encode(points).length,
  };
}

interface Head extends MergedRange {
  entry: IndexEntry;
}

function* merge(ranges: readonly MergedRange[], reverse: boolean): Generator<IndexEntry> {
  const heads = ranges.map(headOf).filter((head) => head !== undefined);
  try {
    while (heads.length > 0) {
      const first = heads.reduce((best, head) =>
        compareHeads(head, best) * (reverse ? -1 : 1) < 0 ? head : best,
      );
      yield first.entry;
      const next = first.scan.next();
      if (next.done === true) heads.splice(heads.indexOf(first), 1);
      else first.entry = next.value;
    }
  } finally {
    for (const { scan } of heads) scan.return?.();
  }
}

function headOf(range: MergedRange): Head | undefined {
  const next = range.scan.next();
  return next.done === true ? undefined : { ...range, entry: next.value };
}

function compareHeads(left: Head, right: Head): number {
  return (
    Buffer.compare(left.begin, right.begin) ||
    Buffer.compare(left.entry.key.subarray(left.restAt), right.entry.key.subarray(right.restAt))
  );
}
