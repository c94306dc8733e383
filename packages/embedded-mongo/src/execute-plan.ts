import { compareValues } from "./bson-order.ts";
import type { Collection } from "./collection.ts";
import type { IndexEntry, IndexTree } from "./index-tree.ts";
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
      return plan.reverse ? [...collection.documents].toReversed() : collection.documents;
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
    for (const [, stored] of planEntries(index, plan)) {
      stats.keysExamined += 1;
      if (canRepeat && seen.has(stored.record)) continue;
      if (canRepeat) seen.add(stored.record);
      yield stored;
    }
  }
}

/** Counts the keys of an exact plan, without looking at documents. */
export function countKeys(collection: Collection, plan: IndexPlan, stats: ExecutionStats): number {
  let count = 0;
  for (const _entry of planEntries(indexOf(collection, plan), { ...plan, mergeBy: undefined }))
    count += 1;
  stats.keysExamined += count;
  return count;
}

function indexOf(collection: Collection, plan: IndexPlan): IndexTree {
  const index = collection.index(plan.index);
  if (index === undefined) throw new Error(`plan names the missing index ${plan.index}`);
  return index;
}

function planEntries(index: IndexTree, plan: IndexPlan): Iterable<IndexEntry> {
  const ranges = plan.reverse ? plan.ranges.toReversed() : plan.ranges;
  const scans = ranges.map((range) => index.scan(range, plan.reverse));
  return plan.mergeBy === undefined ? concatenate(scans) : merge(scans, plan.mergeBy, plan.reverse);
}

function* concatenate(scans: readonly Iterable<IndexEntry>[]): Generator<IndexEntry> {
  for (const scan of scans) yield* scan;
}

interface Head {
  readonly scan: Iterator<IndexEntry>;
  entry: IndexEntry;
}

function* merge(
  scans: readonly Iterator<IndexEntry>[],
  fields: readonly MergeField[],
  reverse: boolean,
): Generator<IndexEntry> {
  const heads = scans.map(headOf).filter((head) => head !== undefined);
  while (heads.length > 0) {
    const first = heads.reduce((best, head) =>
      compareEntries(head.entry, best.entry, fields) * (reverse ? -1 : 1) < 0 ? head : best,
    );
    yield first.entry;
    const next = first.scan.next();
    if (next.done === true) heads.splice(heads.indexOf(first), 1);
    else first.entry = next.value;
  }
}

function headOf(scan: Iterator<IndexEntry>): Head | undefined {
  const next = scan.next();
  return next.done === true ? undefined : { scan, entry: next.value };
}

function compareEntries(
  [left]: IndexEntry,
  [right]: IndexEntry,
  fields: readonly MergeField[],
): number {
  for (const { position, direction } of fields) {
    const order = compareValues(left.values[position], right.values[position]);
    if (order !== 0) return order * direction;
  }
  return 0;
}
