import { expect, test } from "vitest";

import { lastChangeOf } from "./last-change.ts";

const line = (id: string, ...fields: string[]) =>
  ({ _id: id, changes: fields.map((field) => ({ field })) }) as never;

test("the last change of a form is the newest line with one of its settings", () => {
  const lines = [line("3", "name"), line("2", "budget", "quietHours"), line("1", "quietHours")];
  expect(lastChangeOf(lines, ["quietHours"])?._id).toBe("2");
  expect(lastChangeOf(lines, ["callsPerSecond"])).toBeUndefined();
});
