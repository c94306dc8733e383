import { expect, test } from "vitest";

import { changesOf } from "./last-change.ts";

const ADA = { kind: "person", id: "ada", name: "Ada" };
const line = (_id: string, field: string, rest: object = {}) => ({
  _id,
  createdAt: `2026-11-2${_id}T03:12:00.000Z`,
  result: "done",
  actor: ADA,
  changes: [
    { field: "name", from: "a", to: "b" },
    { field, from: _id, to: `${_id}!` },
  ],
  ...rest,
});

test("the changes of a setting are those of its field, the newest first, with who and from what", () => {
  const lines = [
    line("4", "quietHours", { result: "refused" }),
    line("3", "budget"),
    line("2", "quietHours"),
    line("1", "quietHours"),
  ] as never;
  expect(changesOf(lines, "quietHours")).toEqual([
    { key: "2", createdAt: "2026-11-22T03:12:00.000Z", actor: ADA, from: "2", to: "2!" },
    { key: "1", createdAt: "2026-11-21T03:12:00.000Z", actor: ADA, from: "1", to: "1!" },
  ]);
  expect(changesOf(lines, "callsPerSecond")).toEqual([]);
});
