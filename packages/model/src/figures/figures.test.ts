import fc from "fast-check";
import { expect, test } from "vitest";

import type { CallFigures } from "./call-figures.ts";
import { mergedFigures } from "./call-figures.ts";
import { answerSeconds, mergedSums, noSums, reachRate, sumsOfCall } from "./figure-sums.ts";
import { timeToAnswerMs } from "./time-to-answer.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 9, 25) + seconds * 1000);

test("time to answer counts from the first request to the answer of the attempt that reached", () => {
  expect(
    timeToAnswerMs([
      { outcome: "no-answer", claimedAt: at(0), answeredAt: undefined },
      { outcome: "voicemail", claimedAt: at(60), answeredAt: at(70) },
      { outcome: "reached", claimedAt: at(120), answeredAt: at(131) },
    ]),
  ).toBe(131_000);
});

test.each([
  [
    "nobody was reached",
    [{ outcome: "voicemail", claimedAt: at(0), answeredAt: at(9) }],
    undefined,
  ],
  ["the answer has no time", [{ outcome: "reached", claimedAt: at(0) }], undefined],
  ["the request has no time", [{ outcome: "reached", answeredAt: at(9) }], undefined],
  [
    "only the provider's yes has one",
    [{ outcome: "reached", submittedAt: at(1), answeredAt: at(9) }],
    8000,
  ],
  [
    "the provider's clock is behind",
    [{ outcome: "reached", claimedAt: at(1), answeredAt: at(0) }],
    0,
  ],
] as const)("time to answer where %s", (_case, attempts, ms) => {
  expect(timeToAnswerMs(attempts)).toBe(ms);
});

const answered = (seconds: number) =>
  sumsOfCall({
    status: "Completed",
    callCostInUSDCents: 0,
    attempts: [{ outcome: "reached", claimedAt: at(0), answeredAt: at(seconds) }],
  });

test("median and p90 are right to within 1 %, however the calls are divided", () => {
  const seconds = fc.double({ min: 0.01, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1 }), fc.nat(), (times, cut) => {
      const exact = times.map((time) => Math.round(time * 1000) / 1000).toSorted((a, b) => a - b);
      const sumsOf = (part: readonly number[]) => part.map(answered).reduce(mergedSums, noSums());
      const place = cut % (times.length + 1);
      const sums = mergedSums(sumsOf(times.slice(0, place)), sumsOf(times.slice(place)));
      for (const share of [0.5, 0.9]) {
        const right = exact[Math.ceil(exact.length * share) - 1]!;
        expect(Math.abs(answerSeconds(sums, share)! - right)).toBeLessThanOrEqual(
          right * 0.0101 + 0.001,
        );
      }
    }),
  );
});

test("the reach rate leaves out calls that are open, unknown, canceled or imported", () => {
  const statuses = ["Completed", "Busy", "Failed", "Queued", "Unknown", "Canceled", "Success"];
  const sums = statuses
    .map((status) => sumsOfCall({ status, callCostInUSDCents: 0 }))
    .reduce(mergedSums, noSums());
  expect(reachRate(sums)).toBeCloseTo(1 / 3);
  expect(reachRate(noSums())).toBeUndefined();
});

test("fractions of a cent are added without an error", () => {
  const sums = Array.from({ length: 30 }, () =>
    sumsOfCall({ status: "x", callCostInUSDCents: 0.1 }),
  );
  expect(sums.reduce(mergedSums, noSums()).costInMicroUSD).toBe(30_000);
});

test("parts of figures are put together by key, with the newest name", () => {
  const group = (key: string, name: string) => ({ key, name, ...answered(1) });
  const part = (from: string, name: string, ...keys: string[]): CallFigures => ({
    from,
    total: keys.map(() => answered(1)).reduce(mergedSums, noSums()),
    groups: { person: keys.map((key) => group(key, name)) },
  });
  const newer = { ...part("2026-10-20T00:00:00.000Z", "Ann Lee", "a"), nextCursor: "next" };
  const merged = mergedFigures(newer, part("2026-10-01T00:00:00.000Z", "Ann", "b", "a"));
  expect(merged).toMatchObject({ from: "2026-10-01T00:00:00.000Z", total: { calls: 3 } });
  expect(merged.nextCursor).toBeUndefined();
  expect(merged.groups.person?.map(({ key, name, calls }) => [key, name, calls])).toEqual([
    ["a", "Ann Lee", 2],
    ["b", "Ann", 1],
  ]);
});
