import { expect, test } from "vitest";

import { inRounds } from "./rounds.ts";

test("each round begins with another peer, and answers in the order of the peers", async () => {
  const asked: string[] = [];
  const measured = await inRounds(["a", "b", "c"], 2, async (peer) => {
    asked.push(peer);
    return `${peer}${asked.length}`;
  });
  expect(asked).toEqual(["a", "b", "c", "b", "c", "a"]);
  expect(measured).toEqual([
    ["a1", "b2", "c3"],
    ["a6", "b4", "c5"],
  ]);
});
