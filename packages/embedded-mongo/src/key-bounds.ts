import { BSONRegExp, Double } from "bson";

import type { AndTerms } from "./and-terms.ts";
import { toNumber } from "./bson-number.ts";
import { TypeEdge, compareValues } from "./bson-order.ts";
import { TYPE_RANKS, rankOf, typeOf } from "./bson-type.ts";
import type { LeafFilter } from "./filter.ts";
import type { IndexKey, KeyRange } from "./index-entries.ts";
import type { KeyField } from "./index-spec.ts";

/** One end of the values that a field may have. */
interface ValueBound {
  readonly value: unknown;
  readonly inclusive: boolean;
}

/** The values that one field of an index may have: single points in order, or one interval. */
export interface FieldBounds {
  readonly points?: readonly unknown[];
  readonly low?: ValueBound;
  readonly high?: ValueBound;
  /** How many tests of the query these bounds stand for. */
  readonly consumed: number;
  /** Whether a value within the bounds passes those tests for certain. */
  readonly exact: boolean;
}

// More points than this are read as one interval from the first to the last.
const MAX_RANGES = 256;

/** Derives the bounds of one field, or `undefined` if the query does not limit it. */
export function boundField(
  field: KeyField,
  terms: AndTerms,
  multikey: boolean,
): FieldBounds | undefined {
  const leaves = terms.leaves.filter((leaf) => leaf.path === field.path);
  const points = boundPoints([...leaves, ...elementLeavesOf(field, terms)]);
  if (points !== undefined) return points;
  const bounds = leaves.map(boundRange).filter((bound) => bound !== undefined);
  if (bounds.length === 0) {
    const inner = elementLeavesOf(field, terms)
      .map(boundRange)
      .find((bound) => bound !== undefined);
    return inner === undefined ? undefined : { ...inner, consumed: 0, exact: false };
  }
  // With arrays one element may pass one test and another element the next.
  return multikey ? bounds[0] : bounds.reduce(intersect);
}

function elementLeavesOf(field: KeyField, { elementLeaves }: AndTerms): LeafFilter[] {
  return elementLeaves.filter((leaf) => leaf.path === field.path);
}

function boundPoints(leaves: readonly LeafFilter[]): FieldBounds | undefined {
  const leaf =
    leaves.find(({ operator, operand }) => operator === "$eq" && isPoint(operand)) ??
    leaves.find(
      ({ operator, operand }) => operator === "$in" && (operand as unknown[]).every(isPoint),
    );
  if (leaf === undefined) return undefined;
  const values = leaf.operator === "$eq" ? [leaf.operand] : (leaf.operand as unknown[]);
  const ordered = values.toSorted(compareValues);
  const points = ordered.filter(
    (value, index) => index === 0 || compareValues(ordered[index - 1], value) !== 0,
  );
  // A key of null also stands for a missing value and for elements that are no documents.
  return { points, consumed: 1, exact: points.every((value) => value !== null) };
}

function isPoint(value: unknown): boolean {
  return value !== undefined && !Array.isArray(value) && !(value instanceof BSONRegExp);
}

const UNBOUNDED_TYPES = new Set(["missing", "null", "array", "minKey", "maxKey", "regex"]);

function boundRange({ operator, operand }: LeafFilter): FieldBounds | undefined {
  if (!["$gt", "$gte", "$lt", "$lte"].includes(operator)) return undefined;
  if (UNBOUNDED_TYPES.has(typeOf(operand)) || Number.isNaN(toNumber(operand))) return undefined;
  const value = { value: operand, inclusive: operator.endsWith("e") };
  const isLow = operator.startsWith("$g");
  const rank = rankOf(operand);
  const lowest =
    rank === TYPE_RANKS.int ? new Double(Number.NEGATIVE_INFINITY) : new TypeEdge(rank, -1);
  return {
    low: isLow ? value : { value: lowest, inclusive: true },
    high: isLow ? { value: new TypeEdge(rank, 1), inclusive: true } : value,
    consumed: 1,
    exact: true,
  };
}

function intersect(left: FieldBounds, right: FieldBounds): FieldBounds {
  const [leftLow, leftHigh, rightLow, rightHigh] = [left.low, left.high, right.low, right.high];
  if (!leftLow || !leftHigh || !rightLow || !rightHigh) return left;
  const low = tighter(leftLow, rightLow, 1);
  const high = tighter(leftHigh, rightHigh, -1);
  return { low, high, consumed: left.consumed + right.consumed, exact: left.exact && right.exact };
}

function tighter(left: ValueBound, right: ValueBound, sign: 1 | -1): ValueBound {
  const order = compareValues(left.value, right.value) * sign;
  if (order !== 0) return order > 0 ? left : right;
  return left.inclusive ? right : left;
}

/** Tells whether a test fails for a missing value, so that a sparse index holds all matches. */
export function excludesMissing(leaf: LeafFilter): boolean {
  return !leaf.test(undefined);
}

/** Replaces points by the interval that holds them if they would make too many ranges. */
export function limitPoints(bound: FieldBounds, rangesBefore: number): FieldBounds {
  const { points, consumed } = bound;
  if (points === undefined || rangesBefore * points.length <= MAX_RANGES) return bound;
  const low = { value: points[0], inclusive: true };
  return { low, high: { value: points.at(-1), inclusive: true }, consumed, exact: false };
}

/** Turns the bounds of the leading fields into ranges of keys, in the order of the index. */
export function rangesOf(bounds: readonly FieldBounds[], fields: readonly KeyField[]): KeyRange[] {
  let prefixes: (readonly unknown[])[] = [[]];
  for (const [position, bound] of bounds.entries()) {
    const direction = fields[position]?.direction ?? 1;
    if (bound.points === undefined)
      return prefixes.map((prefix) => intervalRange(prefix, bound, direction));
    const points = direction === 1 ? bound.points : bound.points.toReversed();
    prefixes = prefixes.flatMap((prefix) => points.map((point) => [...prefix, point]));
  }
  return prefixes.map((values) => ({ low: before(values), high: after(values) }));
}

function before(values: readonly unknown[]): IndexKey {
  return { values, side: "before" };
}

function after(values: readonly unknown[]): IndexKey {
  return { values, side: "after" };
}

function intervalRange(
  prefix: readonly unknown[],
  bound: FieldBounds,
  direction: 1 | -1,
): KeyRange {
  const first = direction === 1 ? bound.low : bound.high;
  const last = direction === 1 ? bound.high : bound.low;
  const low = [...prefix, first?.value];
  const high = [...prefix, last?.value];
  return {
    low: first?.inclusive === false ? after(low) : before(low),
    high: last?.inclusive === false ? before(high) : after(high),
  };
}
