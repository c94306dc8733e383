import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { EMPTY_SUM } from "./period-sum.ts";
import { parentOf, partsOf, rangeOf, ROOT, type TimeRange } from "./period.ts";
import { allCalls, planRange, type Pages } from "./plan-range.ts";
import type { PeriodSum, RollupPageDocument } from "./rollup-documents.ts";

const NOW = new Date("2026-11-25T10:30:00Z");
const SEALED: TimeRange = {
  from: Date.parse("2026-10-01T00:00:00Z"),
  to: Date.parse("2026-11-25T10:00:00Z"),
};
const EVERYTHING: TimeRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

const page = (period: string, more: Partial<RollupPageDocument>): RollupPageDocument => ({
  _id: `p|${period}`,
  projectId: "p",
  version: "1",
  ...more,
});

/**
 * Pages on which every part that is over has a sum, but for those left out; each sum counts the hours that it stands
 * for.
 */
function sealed(without: ReadonlySet<string> = new Set()): Pages {
  const found = new Map<string, RollupPageDocument | undefined>();
  const isOver = (part: string) => rangeOf(part).to <= SEALED.to && !without.has(part);
  const fill = (period: string) => {
    const parts = partsOf(period, SEALED);
    const sums = parts.filter(isOver).map((part) => [part, hoursIn(part)] as const);
    const times = { sealedFrom: new Date(SEALED.from), sealedTo: new Date(SEALED.to) };
    found.set(
      period,
      page(period, { sums: Object.fromEntries(sums), ...(period === ROOT && times) }),
    );
    if (period.length < 10) parts.forEach(fill);
  };
  fill(ROOT);
  return found;
}

function hoursIn(period: string): PeriodSum {
  const { from, to } = rangeOf(period);
  return { ...EMPTY_SUM, total: (to - from) / 3_600_000 };
}

const totalOf = (sums: readonly PeriodSum[]) => sums.reduce((all, { total }) => all + total, 0);
const hoursOf = (ranges: readonly TimeRange[]) =>
  ranges.reduce((all, { from, to }) => all + (to - from) / 3_600_000, 0);

describe("planRange", () => {
  test("takes the longest periods, and leaves the open edge", () => {
    const { sums, gaps, missing } = planRange(EVERYTHING, sealed(), allCalls(NOW));
    // October, 24 days and 10 hours.
    expect(sums.map(({ total }) => total)).toEqual([
      31 * 24,
      ...Array.from({ length: 24 }, () => 24),
      ...Array.from({ length: 10 }, () => 1),
    ]);
    expect(gaps).toEqual([{ from: SEALED.to, to: Number.POSITIVE_INFINITY }]);
    expect(missing).toEqual([]);
  });

  test("counts all of it while nothing was summed", () => {
    expect(planRange(EVERYTHING, new Map(), allCalls(NOW))).toEqual({
      sums: [],
      gaps: [EVERYTHING],
      missing: [],
    });
  });

  test("of a range that ends within hours counts those hours", () => {
    const from = Date.parse("2026-11-02T03:20:00Z");
    const to = Date.parse("2026-11-02T06:40:00Z");
    const { sums, gaps } = planRange({ from, to }, sealed(), allCalls(NOW));
    expect(totalOf(sums)).toBe(2);
    expect(gaps).toEqual([
      { from, to: Date.parse("2026-11-02T04:00:00Z") },
      { from: Date.parse("2026-11-02T06:00:00Z"), to },
    ]);
  });

  test("names the page that it would need, and counts meanwhile", () => {
    const pages = new Map(sealed(new Set(["2026-10"])));
    pages.delete("2026-10");
    const { missing, gaps } = planRange(EVERYTHING, pages, allCalls(NOW));
    expect(missing).toEqual(["2026-10"]);
    expect(gaps[0]).toEqual(rangeOf("2026-10"));
  });

  test("a sum that is no longer valid is not used, but those of its parts", () => {
    const pages = sealed();
    const root = pages.get(ROOT)!;
    const old = { ...root.sums!["2026-10"]!, validUntil: NOW };
    const stale = new Map(pages).set(ROOT, { ...root, sums: { ...root.sums, "2026-10": old } });
    const { sums, gaps } = planRange(rangeOf("2026-10"), stale, allCalls(NOW));
    expect(sums).toHaveLength(31);
    expect(gaps).toEqual([]);
  });

  test("whatever is missing, sums and gaps together are the range, once, in few gaps", () => {
    const minute = fc.integer({ min: SEALED.from / 60_000 - 5000, max: SEALED.to / 60_000 + 5000 });
    const hours = partsOf(ROOT, SEALED).flatMap((month) =>
      partsOf(month, SEALED).flatMap((day) => partsOf(day, SEALED)),
    );
    const lacking = fc.array(fc.constantFrom(...hours), { maxLength: 30 });
    fc.assert(
      fc.property(minute, minute, lacking, (a, b, holes) => {
        const range = { from: Math.min(a, b) * 60_000, to: Math.max(a, b) * 60_000 };
        // What lacks a part has no sum itself.
        const without = new Set(
          holes.flatMap((hour) => [hour, parentOf(hour), parentOf(parentOf(hour))]),
        );
        const { sums, gaps } = planRange(range, sealed(without), allCalls(NOW));
        // Before the first month that is known there are no calls; what has nothing summed in it is one gap.
        const isSummed = range.to > SEALED.from && range.from < SEALED.to;
        const counted = { from: Math.max(range.from, SEALED.from), to: range.to };
        expect(gaps.length).toBeLessThanOrEqual(8);
        for (const [index, gap] of gaps.entries())
          expect(gap.from).toBeGreaterThanOrEqual(gaps[index - 1]?.to ?? range.from);
        const expected = hoursOf([isSummed ? counted : range]);
        expect(totalOf(sums) + hoursOf(gaps)).toBeCloseTo(expected, 6);
      }),
    );
  });
});
