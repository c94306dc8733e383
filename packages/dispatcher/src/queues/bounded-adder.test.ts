import { expect, test } from "vitest";

import { boundedAdder } from "./bounded-adder.ts";
import type { QueuedJob } from "./call-queue.ts";

const MOST = 10;

/** A queue that answers late, so that calls to it overlap, and remembers how full it was at most. */
function slowQueue() {
  const queue = {
    jobs: [] as QueuedJob[],
    isAway: false,
    largest: 0,
    async size() {
      await Promise.resolve();
      if (queue.isAway) throw new Error("away");
      return queue.jobs.length;
    },
    async add(jobs: readonly QueuedJob[]) {
      await Promise.resolve();
      queue.largest = Math.max(queue.largest, jobs.length);
      queue.jobs.push(...jobs);
    },
  };
  return queue;
}

const jobs = (count: number): QueuedJob[] =>
  Array.from({ length: count }, (_, number) => ({ data: { number }, options: {} }));

test("many batches and repeats at once fill half of the room, single new calls the rest", async () => {
  const queue = slowQueue();
  const add = boundedAdder(queue, MOST);
  const many = Array.from({ length: 20 }, () => [add(jobs(3), "new"), add(jobs(1), "again")]);
  await Promise.all(many.flat());
  expect(queue.jobs).toHaveLength(MOST / 2);
  await Promise.all(Array.from({ length: 20 }, () => add(jobs(1), "new")));
  expect(queue.jobs).toHaveLength(MOST);
});

test("what was refused is not kept back: there is room again once jobs are done", async () => {
  const queue = slowQueue();
  const add = boundedAdder(queue, MOST);
  await add(jobs(100), "new");
  queue.jobs.length = 1;
  await add(jobs(100), "again");
  expect(queue.jobs).toHaveLength(MOST / 2);
});

test("a large batch is added in parts", async () => {
  const queue = slowQueue();
  await boundedAdder(queue, 200)(jobs(90), "new");
  expect(queue.jobs).toHaveLength(90);
  expect(queue.largest).toBe(20);
});

test("a queue that is away is heard of by the one who adds, and works for the next", async () => {
  const queue = slowQueue();
  const add = boundedAdder(queue, MOST);
  queue.isAway = true;
  const refused = add(jobs(1), "new");
  await expect(refused).rejects.toThrow("away");
  queue.isAway = false;
  await add(jobs(1), "new");
  expect(queue.jobs).toHaveLength(1);
});

test("a single new call goes before the rest of a batch and before repeats that wait", async () => {
  const queue = slowQueue();
  const add = boundedAdder(queue, 1000);
  const others = [add(jobs(90), "new"), ...jobs(30).map((job) => add([job], "again"))];
  await add(jobs(1), "new");
  // The part that was under way, and the call.
  expect(queue.jobs).toHaveLength(21);
  await Promise.all(others);
  expect(queue.jobs).toHaveLength(121);
});
