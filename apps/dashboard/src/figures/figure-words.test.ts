import { mergedSums, noSums, sumsOfCall } from "@call-log/model";
import { expect, test } from "vitest";

import { differenceText } from "./difference.ts";
import { percentText, pricesText, secondsText } from "./figure-text.ts";
import { csvAddress } from "./figures-question.ts";
import { filledDays, filledHours } from "./filled-time.ts";
import { groupName } from "./group-name.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 9, 1) + seconds * 1000);

const sumsOf = (reached: number, busy: number, { cents = 0, seconds = 10 } = {}) =>
  [
    ...Array.from({ length: reached }, () => "Completed"),
    ...Array.from({ length: busy }, () => "Busy"),
  ]
    .map((status) =>
      sumsOfCall({
        status,
        callCostInUSDCents: cents,
        attempts:
          status === "Busy"
            ? []
            : [{ outcome: "reached", claimedAt: at(0), answeredAt: at(seconds) }],
      }),
    )
    .reduce(mergedSums, noSums());

test.each([
  { name: "calls", now: sumsOf(3, 3), before: sumsOf(2, 2), words: "+2 more (+50.0 %)" },
  { name: "calls", now: sumsOf(1, 0), before: sumsOf(2, 2), words: "−3 fewer (−75.0 %)" },
  { name: "calls", now: sumsOf(1, 0), before: sumsOf(0, 1), words: "the same" },
  { name: "calls", now: sumsOf(1, 0), before: noSums(), words: "+1 more" },
  { name: "reachRate", now: sumsOf(3, 1), before: sumsOf(1, 1), words: "+25.0 points higher" },
  { name: "reachRate", now: noSums(), before: sumsOf(1, 1), words: "not comparable" },
  {
    name: "cost",
    now: sumsOf(1, 0, { cents: 150 }),
    before: sumsOf(1, 0, { cents: 300 }),
    words: "−$1.50 less (−50.0 %)",
  },
] as const)("$name: $words", ({ name, now, before, words }) => {
  expect(differenceText(name, now, before)).toBe(words);
});

test.each([
  [noSums(), "every price is final"],
  [sumsOf(2, 1), "every price is final"],
  [{ ...noSums(), pricesPending: 1 }, "1 call has no price yet"],
  [{ ...noSums(), statuses: { unknown: 2 } }, "the cost of 2 Unknown calls is not known"],
  [
    { ...noSums(), pricesPending: 2, statuses: { unknown: 1 } },
    "2 calls have no price yet; the cost of 1 Unknown call is not known",
  ],
])("prices of %j: %s", (sums, words) => {
  expect(pricesText(sums)).toBe(words);
});

test("a longer time to answer is slower", () => {
  expect(differenceText("median", sumsOf(1, 0, { seconds: 40 }), sumsOf(1, 0))).toMatch(
    /^\+30 s slower/,
  );
});

test.each([
  [undefined, "–"],
  [0.44, "0.4 s"],
  [12.3, "12 s"],
  [185, "3 min 5 s"],
  [7440, "2 h 4 min"],
  [3600, "1 h"],
])("%s seconds are %s", (seconds, words) => {
  expect(secondsText(seconds)).toBe(words);
});

test("a rate is in percent", () => {
  expect([percentText(0.9231), percentText(undefined)]).toEqual(["92.3 %", "–"]);
});

test.each([
  ["day", "2026-10-25", "Sun 25 Oct 2026"],
  ["hour", "2026-10-25T02:00+05:45", "25 Oct 2026 02:00 to 02:59 (UTC+05:45)"],
  ["hourOfDay", "03", "03:00 to 03:59"],
  ["country", "DE", "Germany (DE)"],
  ["country", "", "unknown from the number"],
  ["outcome", "busy", "The line was busy"],
  ["outcome", "of tomorrow", "of tomorrow"],
  ["answeredBy", "machine", "machine"],
  ["answeredBy", "of tomorrow", "of tomorrow"],
  ["answeredBy", "", "nobody, or not known"],
  ["person", "u-1", "u-1"],
] as const)("the group %s %j is %s", (by, key, name) => {
  expect(groupName(by, { key })).toBe(name);
});

test("days without a call are shown, over the change of the clock", () => {
  const day = (key: string, from: string, to: string) => ({ key, from, to, ...sumsOf(1, 0) });
  const days = filledDays(
    [
      day("2026-10-24", "2026-10-23T22:00:00.000Z", "2026-10-24T22:00:00.000Z"),
      day("2026-10-27", "2026-10-26T23:00:00.000Z", "2026-10-27T23:00:00.000Z"),
    ],
    "Europe/Berlin",
  );
  expect(days.map(({ key, from, calls }) => [key, from, calls])).toEqual([
    ["2026-10-24", "2026-10-23T22:00:00.000Z", 1],
    ["2026-10-25", "2026-10-24T22:00:00.000Z", 0],
    ["2026-10-26", "2026-10-25T23:00:00.000Z", 0],
    ["2026-10-27", "2026-10-26T23:00:00.000Z", 1],
  ]);
  expect(filledDays([], "UTC")).toEqual([]);
});

test("a day has 24 hours", () => {
  const hours = filledHours([{ key: "03", ...sumsOf(2, 0) }]);
  expect(hours.map(({ calls }) => calls).filter((calls) => calls > 0)).toEqual([2]);
  expect(hours).toHaveLength(24);
});

test("a day that begins at one o'clock is followed by one that begins at midnight", () => {
  const day = (key: string, from: string, to: string) => ({ key, from, to, ...sumsOf(1, 0) });
  const days = filledDays(
    [
      // On 24 April 2026 the clock of Cairo goes from 00:00 to 01:00.
      day("2026-04-24", "2026-04-23T22:00:00.000Z", "2026-04-24T21:00:00.000Z"),
      day("2026-04-26", "2026-04-25T21:00:00.000Z", "2026-04-26T21:00:00.000Z"),
    ],
    "Africa/Cairo",
  );
  expect(days.map(({ key, from }) => [key, from])).toEqual([
    ["2026-04-24", "2026-04-23T22:00:00.000Z"],
    ["2026-04-25", "2026-04-24T21:00:00.000Z"],
    ["2026-04-26", "2026-04-25T21:00:00.000Z"],
  ]);
});

test("the CSV is asked for what the screen shows, in its zone", () => {
  const question = { query: { status: "Busy" }, by: [], timeZone: "Europe/Berlin" } as const;
  const from = "2026-10-24T22:00:00.000Z";
  const parameters = (given: Parameters<typeof csvAddress>[1]) =>
    Object.fromEntries(new URLSearchParams(csvAddress("day", given).split("?")[1]));
  expect(parameters({ ...question, from })).toEqual({
    by: "day",
    query: '{"status":"Busy"}',
    from,
    timeZone: "Europe/Berlin",
  });
  expect(parameters({ ...question, query: {} })).toEqual({ by: "day", timeZone: "Europe/Berlin" });
});
