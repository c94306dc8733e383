import { expect, test } from "vitest";

import { progressWatch } from "./progress-watch.ts";

function watched() {
  let now = 0;
  return { watch: progressWatch(1000, () => now), pass: (ms: number) => (now += ms) };
}

test("an idle queue is not stuck, however long it has no job", () => {
  const { watch, pass } = watched();
  watch.begin()();
  pass(1_000_000);
  expect(watch.isStuck()).toBe(false);
});

test("a job that does not end within the limit is stuck, until it ends", () => {
  const { watch, pass } = watched();
  const end = watch.begin();
  pass(1000);
  expect(watch.isStuck()).toBe(false);
  pass(1);
  expect(watch.isStuck()).toBe(true);
  end();
  expect(watch.isStuck()).toBe(false);
});

test("a queue whose other jobs end goes on; once none of them ends, it is stuck", () => {
  const { watch, pass } = watched();
  watch.begin();
  for (let jobs = 0; jobs < 5; jobs += 1) {
    const end = watch.begin();
    pass(900);
    end();
    expect(watch.isStuck()).toBe(false);
  }
  watch.begin();
  pass(1001);
  expect(watch.isStuck()).toBe(true);
});
