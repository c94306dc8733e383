import { expect, test } from "vitest";

import { type FeedPaces, nextPaces } from "./feed-pace.ts";

const low = { projectId: "shop", priority: "low" } as const;
const normal = { projectId: "shop", priority: "normal" } as const;
const NONE: FeedPaces = new Map();

test("only those that are far off have a pace, and each its own", () => {
  expect(nextPaces(NONE, [])).toEqual(new Map());
  const both = nextPaces(NONE, [low, normal]);
  expect(both).toEqual(
    new Map([
      ["low shop", 5],
      ["normal shop", 5],
    ]),
  );
  expect(nextPaces(both, [low])).toEqual(
    new Map([
      ["low shop", 5],
      ["normal shop", 10],
    ]),
  );
});

test("one whose turns are near again gets twice as many each second, until it is free", () => {
  const paces: number[] = [];
  let next = nextPaces(NONE, [low]);
  while (next.size > 0) {
    paces.push(...next.values());
    next = nextPaces(next, []);
  }
  expect(paces).toEqual([5, 10, 20, 40, 80, 160, 320, 500]);
});

test("one that is far off again begins anew", () => {
  const faster = nextPaces(nextPaces(NONE, [low]), []);
  expect(nextPaces(faster, [low])).toEqual(nextPaces(NONE, [low]));
});
