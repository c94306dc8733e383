import fc from "fast-check";
import { expect, test } from "vitest";

import { EMPTY_SUM } from "./period-sum.ts";
import { callsWithTag, contradict, mergedTags, tagFold } from "./period-tags.ts";
import type { PeriodTags } from "./rollup-documents.ts";

const NOW = new Date("2026-11-25T10:30:00Z");
const HOUR = "2026-11-25T09";

const counted = (calls: readonly (readonly string[])[]): PeriodTags => {
  const fold = tagFold();
  for (const tags of calls) fold.add(tags);
  return fold.counted("hour");
};
const told = (tags: PeriodTags, tag: string, sum = {}) => {
  const sums = { [HOUR]: { ...EMPTY_SUM, total: tags.calls, ...sum } };
  const page = { _id: "", projectId: "p", version: "1", sums, tags: { [HOUR]: tags } };
  const known = callsWithTag(tag, NOW)(page, HOUR);
  return typeof known === "object" ? known.total : known;
};
/** Texts of which two fit into an hour, and four into a day. */
const long = (name: string) => name.repeat(700);

test("each call counts once for each of its tags", () => {
  const tags = counted([["night", "night"], ["night", "a"], []]);
  expect([told(tags, "night"), told(tags, "a"), told(tags, "b")]).toEqual([2, 1, 0]);
});

test("the most frequent tags are kept, and the others have to be counted", () => {
  const frequent = [long("a"), long("b")];
  const tags = counted([["night"], [long("c"), "rare"], frequent, frequent, ["night"], ["night"]]);
  expect(tags.counts.length).toBeLessThanOrEqual(2000);
  expect(["night", ...frequent].map((tag) => told(tags, tag))).toEqual([3, 2, 2]);
  expect([long("c"), "rare", "none"].map((tag) => told(tags, tag))).toEqual(
    Array.from({ length: 3 }, () => "to count"),
  );
});

test("of more tags than are counted at once, those that are told are right", () => {
  const tags = counted([
    ["night"],
    ...Array.from({ length: 10_100 }, (_, n) => [`order ${n}`]),
    ["night", "order 10099"],
  ]);
  expect([told(tags, "night"), told(tags, "order 10099")]).toEqual([2, "to count"]);
});

test("a tag that a part does not tell is not told of the whole", () => {
  const partial = counted([[long("a")], [long("b")], [long("c")], [long("d")]]);
  const whole = mergedTags([counted([[long("d")], ["night"]]), partial], "day");
  expect([told(whole, long("d")), told(whole, "night")]).toEqual(["to count", "to count"]);
  expect(told(whole, long("a"))).toBe(1);
});

test("are used beside a sum of as many calls that holds", () => {
  const tags = counted([["night"]]);
  const whole = mergedTags([tags, counted([[]])], "day");
  expect([told(tags, "night"), told(whole, "night")]).toEqual([1, 1]);
  expect(told(tags, "night", { total: 2 })).toBeUndefined();
  expect(told(whole, "night", { total: 1 })).toBeUndefined();
  expect(told(tags, "night", { validUntil: NOW })).toBeUndefined();
});

test("what the whole tells is what all calls have, however they are divided", () => {
  const aTag = fc.constantFrom("", "a", "b", '"', ...["c", "d", "e", "f"].map(long));
  const aCall = fc.array(aTag, { maxLength: 4 });
  const parts = fc.array(fc.array(aCall, { maxLength: 5 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, aTag, (hours, tag) => {
      const whole = mergedTags(hours.map(counted), "day");
      const calls = hours.flat().filter((tags) => tags.includes(tag)).length;
      expect([calls, "to count"]).toContain(told(whole, tag));
      expect(contradict(whole, counted(hours.flat()))).toBe(false);
    }),
  );
});

test("two counts contradict each other by a number that both tell", () => {
  const one = counted([["night"], ["a"]]);
  expect(contradict(one, counted([["night"]]))).toBe(true);
  expect(contradict(one, { ...counted([["night"]]), hasMore: true })).toBe(false);
});
