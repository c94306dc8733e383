import { expect, test, vi } from "vitest";

import { startSharedClock } from "./shared-clock.ts";

const LOG = { info: () => {}, warn: () => {}, error: () => {} };

test("a process whose clock is 5 minutes behind has the server's time, also while that is away", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-23T03:12:00Z") });
  let isAway = false;
  const time = async () => {
    if (isAway) throw new Error("away");
    return new Date(Date.now() + 300_000);
  };
  const clock = await startSharedClock({ time }, LOG);
  expect(clock.now()).toEqual(new Date("2026-11-23T03:17:00Z"));
  isAway = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(clock.now()).toEqual(new Date("2026-11-23T03:18:00Z"));
  clock.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("a clock that was set is followed", async () => {
  vi.useFakeTimers({ now: new Date("2026-11-23T03:12:00Z") });
  let aheadMs = 0;
  const clock = await startSharedClock({ time: async () => new Date(Date.now() + aheadMs) }, LOG);
  aheadMs = 60_000;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(clock.now()).toEqual(new Date("2026-11-23T03:13:30Z"));
  clock.close();
  vi.useRealTimers();
});
