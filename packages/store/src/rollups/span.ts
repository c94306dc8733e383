import type { Bounds, Operand } from "@call-log/model";

/** Where numbers lie: from the least to the most, both included. */
export interface Span {
  least: number;
  most: number;
}

/** The span of one number; undefined of none. */
export function spanOfOne(value: number | null): Span | undefined {
  return value === null ? undefined : { least: value, most: value };
}

/** The span of all numbers of two. */
export function joinedSpan(one: Span, other: Span): Span {
  return { least: Math.min(one.least, other.least), most: Math.max(one.most, other.most) };
}

/** Limits that are all numbers. */
type NumericBounds = Partial<Record<keyof Bounds, number>>;

/** True for limits that are all numbers. */
export function isNumeric(bounds: Bounds): bounds is NumericBounds {
  return Object.values(bounds).every((limit) => typeof limit === "number");
}

/** Whether the numbers of a span lie between limits; undefined if some of them may. No number is outside. */
export function isInside(span: Span | undefined, bounds: NumericBounds): boolean | undefined {
  if (span === undefined) return false;
  const { least, most } = span;
  if (isBelow(most, bounds) || isAbove(least, bounds)) return false;
  return isBelow(least, bounds) || isAbove(most, bounds) ? undefined : true;
}

function isBelow(value: number, { above, from }: NumericBounds): boolean {
  return (above !== undefined && value <= above) || (from !== undefined && value < from);
}

function isAbove(value: number, { below, upTo }: NumericBounds): boolean {
  return (below !== undefined && value >= below) || (upTo !== undefined && value > upTo);
}

/** Whether the numbers of a span are among these values; undefined if some of them may be. No number is null. */
export function isAmong(span: Span | undefined, values: readonly Operand[]): boolean | undefined {
  if (span === undefined) return values.includes(null);
  const { least, most } = span;
  if (least === most) return values.includes(least);
  const mayBe = values.some((one) => typeof one === "number" && least <= one && one <= most);
  return mayBe ? undefined : false;
}
