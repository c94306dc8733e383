import fc from "fast-check";
import { expect, test } from "vitest";

import { cellFold, cellOfCall, type FigureCell } from "./figure-cells.ts";
import type { PeriodTagFigures } from "./rollup-documents.ts";
import { areSameCells } from "./same-cells.ts";
import {
  cellsOfTag,
  contradictByTag,
  mergedTagFigures,
  taggedCells,
  tagFigureFold,
  tagFiguresBeside,
  tellsTag,
} from "./tag-figures.ts";

const NOW = new Date("2026-11-25T10:30:00Z");
const HOUR = "2026-11-25T09";

interface Made {
  tags: readonly string[];
  status?: string;
  cents?: number;
}

const cellOf = ({ status = "Busy", cents = 1 }: Made): FigureCell =>
  cellOfCall(
    {
      _id: "",
      createdAt: new Date("2026-11-25T09:40:00Z"),
      toNumber: "+14165550100",
      status,
      callCostInUSDCents: cents,
    },
    {
      status,
      provider: "twilio",
      country: "US",
      outcomes: ["busy"],
      answeredBy: "",
      attemptCount: 1,
      times: [],
    },
  );
const kept = (calls: readonly Made[]): PeriodTagFigures => {
  const fold = tagFigureFold();
  for (const call of calls) fold.add(call.tags, cellOf(call));
  return fold.kept({ level: "hour", asOf: NOW });
};
/** What the calls that pass a test should be told as. */
const cellsOf = (calls: readonly Made[], isOne: (call: Made) => boolean): FigureCell[] => {
  const fold = cellFold();
  for (const call of calls) if (isOne(call)) fold.add({ ...cellOf(call), quarter: 0 });
  return fold.cells();
};
const callsWith = (figures: PeriodTagFigures, tag: string | null) =>
  cellsOfTag(figures, tag)?.reduce((sum, { sums }) => sum + sums.calls, 0);
/** Texts of which two fit into an hour, and four into a day. */
const long = (name: string) => name.repeat(4000);

test("each call counts once for each of its tags, or among those without one", () => {
  const figures = kept([
    { tags: ["night", "night"], cents: 3 },
    { tags: ["night", ""] },
    { tags: [] },
  ]);
  const numbers = ["night", "", null, "other"].map((tag) => callsWith(figures, tag));
  expect(numbers).toEqual([2, 1, 1, 0]);
  expect(cellsOfTag(figures, "night")?.[0]?.sums.costInMicroUSD).toBe(40_000);
  expect(taggedCells(figures).map(({ tags }) => tags)).toEqual([["night"], [""], []]);
});

test("the most frequent tags are kept, and the others have to be read", () => {
  const [a, b, c] = ["a", "b", "c"].map(long) as [string, string, string];
  const figures = kept([
    { tags: ["night"] },
    { tags: [c, "rare"] },
    { tags: [a, b] },
    { tags: [a, b] },
  ]);
  expect(figures.cells.length).toBeLessThanOrEqual(10_000);
  expect([a, b].map((tag) => callsWith(figures, tag))).toEqual([2, 2]);
  expect([c, "rare", "none"].map((tag) => callsWith(figures, tag))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect([tellsTag(figures, a), tellsTag(figures, c)]).toEqual([true, false]);
});

test("of more tags than are summed at once, those that are told are right", () => {
  const orders = Array.from({ length: 1100 }, (_, n) => ({ tags: [`order ${n}`] }));
  const figures = kept([{ tags: ["night"] }, ...orders, { tags: ["night", "order 1099"] }]);
  expect(callsWith(figures, "night")).toBe(2);
  expect(callsWith(figures, "order 1099")).toBeUndefined();
});

test("are used beside figures that were made at the same moment", () => {
  const figures = { version: 1, cells: "[]", unsettled: [], asOf: NOW };
  const page = (asOf: Date) => ({
    _id: "",
    projectId: "p",
    version: "1",
    figures: { [HOUR]: { ...figures, asOf } },
    tagFigures: { [HOUR]: kept([{ tags: ["night"] }]) },
  });
  expect(tagFiguresBeside(page(new Date(NOW)), HOUR)).toBeDefined();
  expect(tagFiguresBeside(page(new Date(NOW.getTime() + 1)), HOUR)).toBeUndefined();
  expect(tagFiguresBeside({ ...page(NOW), figures: {} }, HOUR)).toBeUndefined();
  expect(tagFiguresBeside(undefined, HOUR)).toBeUndefined();
});

test("what the whole tells is what all calls have, however they are divided", () => {
  const aTag = fc.constantFrom("", "a", "b", '"', ...["c", "d", "e", "f"].map(long));
  const aCall = fc.record({
    tags: fc.array(aTag, { maxLength: 4 }),
    status: fc.constantFrom("Busy", "Completed"),
    cents: fc.nat(99),
  });
  const parts = fc.array(fc.array(aCall, { maxLength: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, aTag, (hours, tag) => {
      const whole = mergedTagFigures(hours.map(kept), { level: "day", asOf: NOW });
      const calls = hours.flat();
      const told = cellsOfTag(whole, tag);
      const isRight =
        told === undefined
          ? whole.hasMore
          : areSameCells(
              told,
              cellsOf(calls, ({ tags }) => tags.includes(tag)),
            );
      expect(isRight).toBe(true);
      expect(contradictByTag(whole, kept(calls))).toBe(false);
    }),
  );
});

test("a tag that a part does not tell is not told of the whole", () => {
  const partial = kept(["a", "b", "c"].map((name) => ({ tags: [long(name)] })));
  const parts = [kept([{ tags: [long("c"), "night"] }]), partial];
  const whole = mergedTagFigures(parts, { level: "day", asOf: NOW });
  expect([long("c"), "night"].map((tag) => callsWith(whole, tag))).toEqual([undefined, undefined]);
  expect(callsWith(whole, long("a"))).toBe(1);
});

test("two figures contradict each other by sums that both tell", () => {
  const one = kept([{ tags: ["night"] }, { tags: ["a"] }]);
  expect(contradictByTag(one, kept([{ tags: ["night"], cents: 2 }, { tags: ["a"] }]))).toBe(true);
  expect(contradictByTag(one, kept([{ tags: ["night"] }]))).toBe(true);
  expect(contradictByTag(one, { ...kept([{ tags: ["night"] }]), hasMore: true })).toBe(false);
});
