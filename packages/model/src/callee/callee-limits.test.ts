import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  calleeLimits,
  calleeWait,
  calleeWaitInLine,
  DEFAULT_CALLEE_LIMITS,
  parseCalleeLimits,
} from "./callee-limits.ts";

const START = Date.UTC(2026, 10, 29);
const after = (seconds: number) => new Date(START + seconds * 1000);

describe("limits as text", () => {
  test.each([
    [
      "1/60,3/900",
      [
        { calls: 1, seconds: 60 },
        { calls: 3, seconds: 900 },
      ],
    ],
    ["off", "off"],
    ["", undefined],
    ["1", undefined],
    ["0/60", undefined],
    ["1/0", undefined],
    ["101/60", undefined],
    ["1/86401", undefined],
    ["a/b", undefined],
  ])("%s", (text, limits) => expect(parseCalleeLimits(text)).toEqual(limits));

  test("by default are what carriers bear", () => {
    expect(parseCalleeLimits(DEFAULT_CALLEE_LIMITS)).toEqual([
      { calls: 1, seconds: 60 },
      { calls: 3, seconds: 900 },
      { calls: 7, seconds: 3600 },
      { calls: 15, seconds: 10_800 },
    ]);
  });
});

test.each([
  [[], "must hold at least one limit"],
  [Array.from({ length: 11 }, () => ({ calls: 1, seconds: 1 })), "must be at most 10 limits"],
  ["none", 'must be "off", or a list'],
])("%j is refused in words", (value, words) => {
  expect(JSON.stringify(calleeLimits.safeParse(value).error?.issues)).toContain(
    JSON.stringify(words).slice(1, -1),
  );
});

describe("when a number may be called again", () => {
  test.each([
    ["at once, never called", [], undefined],
    ["a minute after the last call", [0], 60],
    ["a quarter of an hour after the first of three", [-500, -300, -100], 400],
  ])("%s", (_when, placed, free) => {
    const limits = [
      { calls: 1, seconds: 60 },
      { calls: 3, seconds: 900 },
    ];
    const wait = calleeWait(placed.map(after), limits, after(0));
    expect(wait?.at).toEqual(free === undefined ? undefined : after(free));
  });

  test("calls in line come back one after the other, and a long line within a quarter of an hour", () => {
    const limits = [
      { calls: 1, seconds: 60 },
      { calls: 3, seconds: 900 },
    ];
    const at = (ahead: number) =>
      calleeWaitInLine([after(0)], limits, { now: after(1), ahead })?.at.getTime();
    expect([0, 1, 2, 3].map(at)).toEqual([60, 120, 900, 960].map((s) => after(s).getTime()));
    const many = Array.from({ length: 10_000 }, (_, ahead) => at(ahead + 4)!);
    const busiest = Math.max(
      ...new Map(many.map((time) => [time, many.filter((t) => t === time).length])).values(),
    );
    expect(busiest).toBeLessThanOrEqual(12);
    expect(Math.max(...many)).toBeLessThanOrEqual(after(60 + 900).getTime());
    expect(calleeWaitInLine([], limits, { now: after(0), ahead: 5 })).toBeUndefined();
  });

  test("property: not before, and not later than the limits say", () => {
    const limit = fc.record({
      calls: fc.integer({ min: 1, max: 4 }),
      seconds: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(
        fc.array(limit, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: -40, max: 0 }), { maxLength: 12 }),
        (limits, placed) => {
          const times = placed.map(after);
          const wait = calleeWait(times, limits, after(0));
          const broken = limits.some(
            ({ calls, seconds }) => placed.filter((time) => time > -seconds).length >= calls,
          );
          expect(wait !== undefined).toBe(broken);
          if (wait === undefined) return;
          expect(calleeWait(times, limits, wait.at)).toBeUndefined();
          const before = new Date(wait.at.getTime() - 1);
          expect(calleeWait(times, limits, before)).toEqual(wait);
        },
      ),
    );
  });
});
