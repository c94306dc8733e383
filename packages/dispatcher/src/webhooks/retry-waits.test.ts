import { expect, test } from "vitest";

import { DELIVERY_TIMES } from "../context/delivery-times.ts";
import { secondsUntilRetry } from "./retry-waits.ts";

const RETRY_WAITS = DELIVERY_TIMES.retryWaits;

const NOW = new Date("2026-11-23T03:12:00.000Z");

test("waits grow, over about a day", () => {
  expect(RETRY_WAITS).toEqual([...RETRY_WAITS].toSorted((a, b) => a - b));
  const all = RETRY_WAITS.reduce((sum: number, wait) => sum + wait, 0);
  expect(all).toBeGreaterThan(20 * 3600);
  expect(all).toBeLessThan(30 * 3600);
});

test.each([
  [1, undefined, 5],
  [9, undefined, 43_200],
  [10, undefined, undefined],
  [1, "60", 60],
  [3, "1", 120],
  [1, "86400", 3600],
  [1, "Mon, 23 Nov 2026 03:13:00 GMT", 60],
  [1, "soon", 5],
  [1, "-5", 5],
])("after try %s with Retry-After %s it is %s seconds", (tries, retryAfter, seconds) => {
  expect(secondsUntilRetry(RETRY_WAITS, { tryCount: tries, retryAfter, now: NOW })).toBe(seconds);
});
