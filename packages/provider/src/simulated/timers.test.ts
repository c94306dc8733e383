import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createTimers, systemTimer } from "./timers.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a wait ends when its time has passed, at once when there is none", async () => {
  const timers = createTimers(systemTimer);
  const waiting = timers.wait(1000);
  vi.advanceTimersByTime(1000);
  expect(await waiting).toBe(true);
  expect(await timers.wait(0)).toBe(true);
});

test("closing ends all waits early, leaves no timer behind, and lets none begin", async () => {
  const timers = createTimers(systemTimer);
  const waiting = [timers.wait(1000), timers.wait(2000)];
  timers.close();
  expect(await Promise.all(waiting)).toEqual([false, false]);
  expect(vi.getTimerCount()).toBe(0);
  expect(await timers.wait(1000)).toBe(false);
});
