import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { sharedReading } from "./shared-reading.ts";

/** A read that ends when it is told to, and a clock to move. */
function held({ patienceMs = 1 } = {}) {
  let [reads, now] = [0, 0];
  let end: ((value: number | Error) => void) | undefined;
  const read = () => {
    reads += 1;
    return new Promise<number>((resolve, reject) => {
      end = (value) => (value instanceof Error ? reject(value) : resolve(value));
    });
  };
  const ask = sharedReading(read, { elapsedMs: () => now, patienceMs });
  return {
    ask,
    reads: () => reads,
    pass: (ms: number) => (now += ms),
    end: (value: number | Error) => end?.(value),
  };
}

test("a hundred scrapes at a time share one read, and it holds for five seconds", async () => {
  const { ask, reads, pass, end } = held({ patienceMs: 10_000 });
  const all = Promise.all(Array.from({ length: 100 }, () => ask()));
  end(7);
  for (const found of await all) expect(found).toMatchObject({ value: 7, seconds: 0 });
  pass(4999);
  await ask();
  expect(reads()).toBe(1);
  pass(1);
  const next = ask();
  end(8);
  expect(await next).toMatchObject({ value: 8 });
  expect(reads()).toBe(2);
});

test("a read that takes two seconds is not repeated within forty", async () => {
  const { ask, reads, pass, end } = held();
  expect(await ask()).toBeUndefined();
  pass(2000);
  end(1);
  await waitFor(async () => (await ask())?.value === 1);
  pass(39_999);
  expect(await ask()).toMatchObject({ value: 1, seconds: 2 });
  expect(reads()).toBe(1);
  pass(1);
  await ask();
  expect(reads()).toBe(2);
});

test("however long a read takes, the next one comes within a minute of its end", async () => {
  const { ask, reads, pass, end } = held();
  await ask();
  pass(10_000);
  end(1);
  await waitFor(async () => (await ask())?.value === 1);
  pass(60_000);
  await ask();
  expect(reads()).toBe(2);
});

test("while a read is slow, what the one before found is answered", async () => {
  const { ask, pass, end } = held();
  await ask();
  end(1);
  await waitFor(async () => (await ask())?.value === 1);
  pass(5000);
  expect(await ask()).toMatchObject({ value: 1 });
});

test("after a read that fails nothing is known, and it is not repeated at once", async () => {
  const { ask, reads, end } = held();
  await ask();
  end(new Error("away"));
  await waitFor(async () => (await ask()) === undefined);
  expect(reads()).toBe(1);
});
