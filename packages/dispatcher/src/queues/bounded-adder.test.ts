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
    looks: 0,
    async size() {
      await Promise.resolve();
      if (queue.isAway) throw new Error("away");
      queue.looks += 1;
      const delayed = queue.jobs.filter(({ options }) => (options.delay ?? 0) > 0).length;
      return { ready: queue.jobs.length - delayed, delayed };
    },
    async add(jobs: readonly QueuedJob[]) {
      await Promise.resolve();
      queue.largest = Math.max(queue.largest, jobs.length);
      queue.jobs.push(...jobs);
    },
  };
  return queue;
}

const jobs = (count: number, options: QueuedJob["options"] = {}): QueuedJob[] =>
  Array.from({ length: count }, (_, number) => ({ data: { number }, options }));
const EMERGENCY = { lifo: true };

test("many batches at once fill half of the room, single new calls the rest, emergencies more", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, MOST);
  const left = await Promise.all(Array.from({ length: 20 }, () => adder.add(jobs(3), "new")));
  expect(queue.jobs).toHaveLength(MOST / 2);
  expect(left.flat()).toHaveLength(60 - MOST / 2);
  await Promise.all(Array.from({ length: 20 }, () => adder.add(jobs(1), "new")));
  expect(queue.jobs).toHaveLength(MOST);
  await Promise.all(Array.from({ length: 40 }, () => adder.add(jobs(1, EMERGENCY), "new")));
  expect(queue.jobs).toHaveLength(2 * MOST);
});

test("an emergency of a batch finds room where the others do not", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, MOST);
  const batch = [...jobs(100), ...jobs(1, EMERGENCY)];
  const left = await adder.add(batch, "new");
  expect(queue.jobs.filter(({ options }) => options.lifo)).toHaveLength(1);
  expect(left).toHaveLength(101 - queue.jobs.length);
});

test("there is room again once jobs are done, first for the backlog", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, MOST);
  await adder.add(jobs(100), "new");
  expect(adder.hasBacklog).toBe(true);
  queue.jobs.length = 1;
  expect(await adder.add(jobs(3), "again")).toHaveLength(3);
  expect(await adder.room()).toBe(MOST / 2 - 1);
  expect(await adder.add(jobs(3), "backlog")).toEqual([]);
  adder.hasBacklog = false;
  expect(await adder.add(jobs(1), "again")).toEqual([]);
});

test("what comes back at its time does not stand behind the backlog, while there is room", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, MOST);
  adder.hasBacklog = true;
  const back = jobs(MOST).map((job) => ({ ...job, comesBack: true as const }));
  const left = await adder.add([...jobs(2), ...back], "again");
  expect(queue.jobs).toEqual(back.slice(0, MOST / 2));
  expect(left).toHaveLength(MOST / 2 + 2);
});

test("what is due later takes no room from what is due", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, MOST);
  await adder.add(jobs(100, { delay: 5000 }), "new");
  expect(queue.jobs).toHaveLength(MOST / 2);
  expect(await adder.room()).toBe(MOST / 2);
  expect(await adder.hasRoomToWait()).toBe(true);
  queue.jobs.push(...jobs(MOST, { delay: 5000 }));
  expect(await adder.hasRoomToWait()).toBe(false);
});

test("a large batch is added in parts", async () => {
  const queue = slowQueue();
  await boundedAdder(queue, 200).add(jobs(90), "new");
  expect(queue.jobs).toHaveLength(90);
  expect(queue.largest).toBe(20);
});

test("a queue that is far from full is looked at once a second", async () => {
  const queue = slowQueue();
  let time = 0;
  const adder = boundedAdder(queue, 1000, () => time);
  for (let call = 0; call < 50; call += 1) await adder.add(jobs(1), "new");
  expect(queue.looks).toBe(1);
  time = 1000;
  await adder.add(jobs(1), "new");
  expect(queue.looks).toBe(2);
});

test("a queue that is away is heard of by the one who adds, and works for the next", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, MOST);
  queue.isAway = true;
  await expect(adder.add(jobs(1), "new")).rejects.toThrow("away");
  queue.isAway = false;
  await adder.add(jobs(1), "new");
  expect(queue.jobs).toHaveLength(1);
});

test("a single new call goes before the rest of a batch and before repeats that wait", async () => {
  const queue = slowQueue();
  const adder = boundedAdder(queue, 1000);
  const others = [adder.add(jobs(90), "new"), ...jobs(30).map((job) => adder.add([job], "again"))];
  const [call] = jobs(1);
  await adder.add([call!], "new");
  // After the part that was under way.
  expect(queue.jobs.indexOf(call!)).toBe(20);
  await Promise.all(others);
  expect(queue.jobs).toHaveLength(121);
});
