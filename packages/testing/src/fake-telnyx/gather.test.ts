import { expect, test } from "vitest";

import { heard, triesOf } from "./gather.ts";

const ONE = { minimum_digits: 1, maximum_digits: 1 };

test.each([
  ["4", ONE, { digits: "4", status: "valid" }],
  ["45", ONE, { digits: "4", status: "valid" }],
  ["12#", {}, { digits: "12", status: "valid" }],
  ["#", ONE, { digits: "", status: "invalid" }],
  ["#", { ...ONE, terminating_digit: "*" }, { digits: "#", status: "valid" }],
  ["12", { minimum_digits: 4, maximum_digits: 4 }, { digits: "12", status: "invalid" }],
  ["", ONE, { digits: "", status: "timeout" }],
])("of the keys %j with %j it hears %j", (keys, options, gathered) => {
  expect(heard(keys, options)).toEqual(gathered);
});

test("a question is spoken three times where nothing is said", () => {
  expect(triesOf({})).toBe(3);
  expect(triesOf({ maximum_tries: 1 })).toBe(1);
});
