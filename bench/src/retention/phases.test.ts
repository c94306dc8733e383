import { expect, test } from "vitest";

import { measureUntil, phasesTable } from "./phases.ts";

test("requests are sent in turn until it has happened, and each is timed", async () => {
  const sent: string[] = [];
  const everyday = {
    list: async (turn: number) => sent.push(`list ${turn}`),
    item: async (turn: number) => sent.push(`item ${turn}`),
  };
  const latencies = await measureUntil(everyday, () => sent.length === 4);
  expect(sent).toEqual(["list 0", "item 0", "list 1", "item 1"]);
  expect([...latencies].map(([name, times]) => [name, times.length])).toEqual([
    ["list", 2],
    ["item", 2],
  ]);
});

test("a row has each phase by its median and its 99th percentile, and what the deletion makes of them", () => {
  const of = (...times: number[]) => new Map([["list", times]]);
  const table = phasesTable("", { before: of(1, 2, 4), during: of(4, 4, 12), after: of(2) });
  expect(table.rows).toEqual([["list", 2, 4, 2, 2, 2, 4, 12, 2, 3, 6, 12]]);
});
