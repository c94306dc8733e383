import { expect, test } from "vitest";

import { numberGroups } from "./number-groups.ts";

test.each([
  ["+15550100110", ["+1", "555", "010", "0110"]],
  ["+4915112345678", ["+49", "1511", "2345678"]],
  ["+15…10", ["+15…10"]],
  ["anonymous", ["anonymous"]],
  ["+1", ["+1"]],
])("%s", (number, groups) => {
  expect(numberGroups(number)).toEqual(groups);
  expect(numberGroups(number).join("")).toBe(number);
});
