import { type AndTerms, andTermsOf } from "./and-terms.ts";
import { impliesFilter } from "./filter-implication.ts";
import type { Filter } from "./filter.ts";
import { FULL_RANGE, type KeyRange } from "./index-entries.ts";
import type { IndexSpec, KeyField } from "./index-spec.ts";
import {
  type FieldBounds,
  boundField,
  excludesMissing,
  limitPoints,
  rangesOf,
} from "./key-bounds.ts";

/** A walk over ranges of one index. */
export interface IndexPlan {
  readonly kind: "index";
  readonly index: string;
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Whether the walk returns documents in the order that the query asks for. */
  readonly sorted: boolean;
  /** By how many fields of that order, from the first on, it does. */
  readonly sortedBy: number;
  /** Fields of the key by which the ranges are merged, when one walk after the other is no order. */
  readonly mergeBy?: readonly MergeField[] | undefined;
  /** Whether the ranges hold exactly the matching documents, so that keys can be counted. */
  readonly exact: boolean;
}

/** A field of an index key in a merge of ranges. */
export interface MergeField {
  readonly position: number;
  readonly direction: number;
}

/** How the documents of a query are found; the filter is applied to what any plan yields. */
export type QueryPlan =
  | IndexPlan
  | { readonly kind: "collection"; readonly reverse: boolean }
  | { readonly kind: "union"; readonly branches: readonly IndexPlan[] };

/** What the planner knows of an index. */
export interface PlannedIndex {
  readonly spec: IndexSpec;
  readonly multikey: readonly boolean[];
  /** Whether keys may be cut, so that they tell neither the whole value nor the whole order. */
  readonly cut: boolean;
}

/** A query as the planner sees it. */
export interface QueryShape {
  readonly filter: Filter;
  readonly sort: readonly KeyField[];
}

/** Chooses how to find the documents of a query. */
export function planQuery(shape: QueryShape, indexes: readonly PlannedIndex[]): QueryPlan {
  const terms = andTermsOf(shape.filter);
  const best = chooseBest(indexes, terms, shape.sort);
  if (best !== undefined) return best.plan;
  return planUnion(terms.others, indexes) ?? { kind: "collection", reverse: false };
}

interface Candidate {
  readonly plan: IndexPlan;
  readonly score: number;
}

function chooseBest(
  indexes: readonly PlannedIndex[],
  terms: AndTerms,
  sort: readonly KeyField[],
): Candidate | undefined {
  let best: Candidate | undefined;
  for (const index of indexes) {
    if (!isUsable(index, terms)) continue;
    const candidate = consider(index, terms, sort);
    if (candidate.score > (best?.score ?? 0)) best = candidate;
    // A document at most, such as by its `_id`: no other index finds fewer, and the rest need not be looked at.
    if (isOneKey(index, candidate.plan)) return candidate;
  }
  return best;
}

function isOneKey({ spec }: PlannedIndex, { ranges: [range, ...others] }: IndexPlan): boolean {
  if (!spec.unique || range === undefined || others.length > 0) return false;
  return range.low.values === range.high.values && range.low.values.length === spec.fields.length;
}

function isUsable({ spec }: PlannedIndex, { leaves }: AndTerms): boolean {
  // In a query a number in a path may be an index or a name; a key holds only one of them.
  if (spec.fields.some(({ path }) => /(?:^|\.)\d+(?:\.|$)/.test(path))) return false;
  if (spec.partialFilter !== undefined && !impliesFilter(leaves, spec.partialFilter)) return false;
  if (!spec.sparse) return true;
  return spec.fields.some(({ path }) =>
    leaves.some((leaf) => leaf.path === path && excludesMissing(leaf)),
  );
}

const SCORES = { unique: 1000, point: 20, points: 18, range: 10, sort: 15, partOfSort: 5 };

function consider(index: PlannedIndex, terms: AndTerms, sort: readonly KeyField[]): Candidate {
  const bounds = boundsOf(index, terms);
  const order = index.cut && sort.length > 0 ? undefined : orderOf(index, { bounds, sort });
  const ranges = bounds.length === 0 ? [FULL_RANGE] : rangesOf(bounds, index.spec.fields);
  const used = bounds.reduce((sum, bound) => sum + bound.consumed, 0);
  const exact =
    used === terms.leaves.length &&
    terms.others.length === 0 &&
    bounds.every((bound) => bound.exact);
  const plan: IndexPlan = {
    kind: "index",
    index: index.spec.name,
    ranges,
    reverse: order?.reverse ?? false,
    sorted: order !== undefined && order.fields === sort.length,
    sortedBy: order?.fields ?? 0,
    mergeBy: order?.mergeBy,
    exact:
      exact &&
      hasOneKeyEach(index, bounds) &&
      !index.cut &&
      !index.spec.sparse &&
      index.spec.partialFilter === undefined,
  };
  return {
    plan,
    score:
      bounds.reduce((sum, bound) => sum + scoreOf(bound), 0) +
      sortScore(plan, sort) +
      uniqueScore(index, bounds),
  };
}

function sortScore({ sorted, sortedBy }: IndexPlan, sort: readonly KeyField[]): number {
  if (sort.length === 0) return 0;
  if (sorted) return SCORES.sort;
  return sortedBy > 0 ? SCORES.partOfSort : 0;
}

// One value of one array: each document that has it has it in one key, since equal keys of a document are one.
function hasOneKeyEach({ multikey }: PlannedIndex, bounds: readonly FieldBounds[]): boolean {
  const arrays = multikey.flatMap((isArray, position) => (isArray ? [position] : []));
  if (arrays.length > 1) return false;
  return arrays.every((position) => bounds[position]?.points?.length === 1);
}

function scoreOf(bound: FieldBounds): number {
  if (bound.points === undefined) return SCORES.range;
  return bound.points.length === 1 ? SCORES.point : SCORES.points;
}

function uniqueScore({ spec }: PlannedIndex, bounds: readonly FieldBounds[]): number {
  const isPoint =
    bounds.length === spec.fields.length && bounds.every((bound) => bound.points !== undefined);
  return spec.unique && isPoint ? SCORES.unique : 0;
}

function boundsOf(index: PlannedIndex, terms: AndTerms): FieldBounds[] {
  const bounds: FieldBounds[] = [];
  let ranges = 1;
  let arrays = 0;
  for (const [position, field] of index.spec.fields.entries()) {
    const multikey = index.multikey[position] ?? false;
    arrays += Number(multikey);
    // Two tests may hold for two elements, but a key has the values of one.
    if (multikey && arrays > 1) return bounds;
    const found = boundField(field, terms, multikey);
    if (found === undefined) return bounds;
    const bound = limitPoints(found, ranges);
    bounds.push(bound);
    // After a range the values of later fields are in no order.
    if (bound.points === undefined) return bounds;
    ranges *= bound.points.length;
  }
  return bounds;
}

interface Order {
  /** How many fields of the sort the walk is ordered by, from the first on. */
  readonly fields: number;
  readonly reverse: boolean;
  readonly mergeBy: readonly MergeField[] | undefined;
}

interface OrderQuestion {
  readonly bounds: readonly FieldBounds[];
  readonly sort: readonly KeyField[];
}

function orderOf(index: PlannedIndex, { bounds, sort }: OrderQuestion): Order | undefined {
  const { fields } = index.spec;
  const isConstant = (position: number): boolean => bounds[position]?.points?.length === 1;
  // Of an array the order takes another element than the one that is looked for.
  const constantPaths = new Set(
    fields
      .filter((_, position) => isConstant(position) && index.multikey[position] !== true)
      .map(({ path }) => path),
  );
  const mergeBy: MergeField[] = [];
  let covered = 0;
  let position = 0;
  let reverse = false;
  let skippedPoints = false;
  for (const { path, direction } of sort) {
    if (!constantPaths.has(path)) {
      while (fields[position]?.path !== path && bounds[position]?.points !== undefined) {
        skippedPoints ||= !isConstant(position);
        position += 1;
      }
      const field = fields[position];
      if (field?.path !== path || index.multikey[position] === true) break;
      const isReversed = field.direction !== direction;
      if (mergeBy.length > 0 && isReversed !== reverse) break;
      reverse = isReversed;
      mergeBy.push({ position, direction: field.direction });
      position += 1;
    }
    covered += 1;
  }
  const isWhole = covered === sort.length;
  // Ranges are merged by the whole order only.
  if (!isWhole && (mergeBy.length === 0 || skippedPoints)) return undefined;
  return { fields: covered, reverse, mergeBy: skippedPoints ? mergeBy : undefined };
}

function planUnion(
  others: readonly Filter[],
  indexes: readonly PlannedIndex[],
): QueryPlan | undefined {
  for (const filter of others) {
    if (filter.kind !== "or" || filter.children.length === 0) continue;
    const branches = filter.children.map(
      (child) => chooseBest(indexes, andTermsOf(child), [])?.plan,
    );
    if (branches.every((branch) => branch !== undefined)) return { kind: "union", branches };
  }
  return undefined;
}
