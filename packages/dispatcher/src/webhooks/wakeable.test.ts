import { setImmediate } from "node:timers/promises";

import { expect, test } from "vitest";

import { wakeable } from "./wakeable.ts";

// Also just as the run before ends: a wake that is lost there waits for the next look.
test.each(Array.from({ length: 12 }, (_, step) => step))(
  "a wake %i steps after another one runs the work again",
  async (steps) => {
    let runs = 0;
    const work = wakeable(async () => {
      runs += 1;
    });
    work.wake();
    for (let step = 0; step < steps; step += 1) await Promise.resolve();
    work.wake();
    await setImmediate();
    expect(runs).toBe(2);
  },
);

test("many wakes during a run are one more run, and idle waits for it", async () => {
  const ends: (() => void)[] = [];
  const work = wakeable(() => new Promise((resolve) => ends.push(resolve)));
  await work.idle();
  for (let wakes = 0; wakes < 3; wakes += 1) work.wake();
  let isIdle = false;
  const idle = work.idle().then(() => (isIdle = true));
  ends[0]!();
  await setImmediate();
  expect([ends.length, isIdle]).toEqual([2, false]);
  ends[1]!();
  await idle;
  expect(ends).toHaveLength(2);
});
