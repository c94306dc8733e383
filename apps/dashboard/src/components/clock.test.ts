import { expect, test } from "vitest";

import { createClock } from "./clock.ts";

test("one timer serves every reader, and ends with the last", () => {
  let [now, timers] = [0, 0];
  let tick = () => {};
  const clock = createClock({
    now: () => now,
    every(_ms, act) {
      timers += 1;
      tick = act;
      return () => {
        timers -= 1;
      };
    },
  });
  const read: number[] = [];
  const leave = [1, 2, 3].map(() => clock.subscribe(() => read.push(clock.now())));
  expect(timers).toBe(1);
  now = 5000;
  expect(clock.now()).toBe(0);
  tick();
  expect(read).toEqual([5000, 5000, 5000]);
  leave[0]!();
  expect(timers).toBe(1);
  tick();
  expect(read).toHaveLength(5);
  for (const end of leave.slice(1)) end();
  expect(timers).toBe(0);
  now = 9000;
  clock.subscribe(() => {});
  expect([timers, clock.now()]).toEqual([1, 9000]);
});
