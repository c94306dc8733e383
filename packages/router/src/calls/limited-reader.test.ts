import { listInput } from "@call-log/model";
import type { CallReader } from "@call-log/store";
import { expect, test } from "vitest";

import { limitedReader } from "./limited-reader.ts";

const [A, B] = ["a", "b"];
const ALL = listInput.parse({}).query;

/** A reader whose sums end when the test says so. */
function slowReader() {
  const underWay: { projectId: string; end: () => void; fail: (error: Error) => void }[] = [];
  const stats = ({ projectId }: { projectId: string }) =>
    new Promise((resolve, fail) => {
      underWay.push({ projectId, end: () => resolve(projectId), fail });
    });
  const reader = limitedReader({ stats } as unknown as CallReader);
  const ask = (projectId: string) =>
    reader.stats({ projectId, query: ALL, by: [], timeZone: "UTC" });
  const count = (projectId: string) => underWay.filter((one) => one.projectId === projectId).length;
  return { underWay, ask, count };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("two sums of a project are computed at a time, and another project's at once", async () => {
  const { underWay, ask, count } = slowReader();
  const asked = [A, A, A, A, B].map((projectId) => ask(projectId!));
  await turn();
  expect([count(A!), count(B!)]).toEqual([2, 1]);
  underWay[0]!.end();
  await turn();
  expect(count(A!)).toBe(3);
  // One that fails passes its place on, too.
  underWay[1]!.fail(new Error("away"));
  await expect(asked[1]).rejects.toThrow("away");
  await turn();
  expect(count(A!)).toBe(4);
  for (const { end } of underWay) end();
  expect(await Promise.all([asked[0], asked[2], asked[3], asked[4]])).toEqual([A, A, A, B]);
  ask(A!).catch(() => undefined);
  ask(A!).catch(() => undefined);
  await turn();
  expect(count(A!)).toBe(6);
});

test("more than 22 at a time are refused, with words", async () => {
  const { underWay, ask } = slowReader();
  const asked = Array.from({ length: 22 }, () => ask(A!));
  await expect(ask(A!)).rejects.toThrow(
    "This project may ask for 22 sums at a time. Try again in 5 seconds.",
  );
  const isOver = Promise.all(asked);
  while (underWay.length < 22) {
    for (const { end } of underWay) end();
    await turn();
  }
  for (const { end } of underWay) end();
  await isOver;
});
