import { MongoNetworkError } from "mongodb";
import { expect, test } from "vitest";

import { batchLoader, type BatchLimits } from "./batch-loader.ts";

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** An operation that doubles numbers when it is let, and remembers its groups. */
function doubling(limits?: BatchLimits) {
  const groups: number[][] = [];
  const gates: (() => void)[] = [];
  const double = batchLoader<number, number>(async (inputs) => {
    groups.push([...inputs]);
    await new Promise<void>((resolve) => void gates.push(resolve));
    return inputs.map((input) => (input < 0 ? new Error(`refused ${input}`) : input * 2));
  }, limits);
  const release = async () => {
    gates.shift()?.();
    await turn();
    await turn();
  };
  return { double, groups, release };
}

test("what comes in one turn goes together, and each gets its own answer", async () => {
  const { double, groups, release } = doubling();
  const answers = Promise.all([1, 2, 3].map(double));
  await turn();
  expect(groups).toEqual([[1, 2, 3]]);
  await release();
  expect(await answers).toEqual([2, 4, 6]);
});

test("what comes while a group is under way goes in the next, up to its size", async () => {
  const { double, groups, release } = doubling({ size: 2 });
  const first = double(1);
  await turn();
  const others = Promise.all([2, 3, 4].map(double));
  await turn();
  expect(groups).toEqual([[1]]);
  await release();
  expect(groups).toEqual([[1], [2, 3]]);
  await release();
  await release();
  expect(groups).toEqual([[1], [2, 3], [4]]);
  expect([await first, ...(await others)]).toEqual([2, 4, 6, 8]);
});

test("a group that hangs holds up others for a moment only", async () => {
  const { double, groups, release } = doubling({ size: 1, slowMs: 1 });
  const answers = Promise.all([1, 2, 3].map(double));
  await expect.poll(() => groups).toEqual([[1], [2], [3]]);
  for (let times = 0; times < 3; times += 1) await release();
  expect(await answers).toEqual([2, 4, 6]);
});

test("the failure of one is nobody else's", async () => {
  const { double, release } = doubling();
  const answers = Promise.allSettled([1, -2, 3].map(double));
  await turn();
  await release();
  expect((await answers).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

test("a command that is refused as a whole is sent again for each, so that one to blame stands alone", async () => {
  const groups: number[] = [];
  const operate = batchLoader<number, number>(async (inputs) => {
    groups.push(inputs.length);
    if (inputs.includes(2)) throw new Error("too large");
    return inputs;
  });
  const answers = await Promise.allSettled([1, 2, 3].map(operate));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(groups).toEqual([3, 1, 1, 1]);
});

test("while the database is away all are told so, and nothing is sent again", async () => {
  let sent = 0;
  const operate = batchLoader<number, number>(async () => {
    sent += 1;
    throw new MongoNetworkError("connection reset");
  });
  const answers = await Promise.allSettled([1, 2, 3].map(operate));
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(sent).toBe(1);
});
