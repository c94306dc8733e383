import { expect, test } from "vitest";

import { createEnoughWaiting } from "./enough-waiting.ts";

const START = Date.UTC(2026, 10, 27);
const after = (seconds: number) => new Date(START + seconds * 1000);
const low = { projectId: "shop", priority: "low" } as const;
const normal = { projectId: "shop", priority: "normal" } as const;

test("a class whose next turn is far off has enough waiting, until ten seconds before that", () => {
  const enough = createEnoughWaiting();
  enough.note(low, 25_000, after(0));
  enough.note(normal, 10_000, after(0));
  expect(enough.at(after(14.999))).toEqual([low]);
  expect(enough.at(after(15))).toEqual([]);
});

test("an answer to one that is near its turn changes nothing", () => {
  const enough = createEnoughWaiting();
  enough.note(low, 25_000, after(0));
  enough.note(low, 50, after(1));
  enough.note(low, 0, after(1));
  expect(enough.at(after(2))).toEqual([low]);
});

test("after half a minute more are asked for, however far off the turn was", () => {
  const enough = createEnoughWaiting();
  enough.note(low, 3_600_000, after(0));
  expect(enough.at(after(29))).toEqual([low]);
  expect(enough.at(after(30))).toEqual([]);
});

test("each project and priority is told apart, and named without what else was noted", () => {
  const enough = createEnoughWaiting();
  const other = { projectId: "other", priority: "low" } as const;
  const turn = { ...other, toNumber: "+15559998888" };
  enough.note(turn, 60_000, after(0));
  enough.note(low, 60_000, after(0));
  expect(enough.at(after(1))).toEqual([other, low]);
});
