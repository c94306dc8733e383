import { expect, test } from "vitest";

import { digitsOf } from "./gather.ts";

test.each([
  ["4", { numDigits: "1" }, { digits: "4", isFinished: true }],
  ["45", { numDigits: "1" }, { digits: "4", isFinished: true }],
  ["4", {}, { digits: "4", isFinished: false }],
  ["12#", {}, { digits: "12", isFinished: true }],
  ["#", { numDigits: "1" }, { digits: "", isFinished: true }],
  ["#", { numDigits: "1", finishOnKey: "" }, { digits: "#", isFinished: true }],
  ["*", { numDigits: "1", finishOnKey: "*" }, { digits: "", isFinished: true }],
  ["*", { numDigits: "1" }, { digits: "*", isFinished: true }],
  ["", { numDigits: "1" }, { digits: "", isFinished: false }],
])("of the keys %j with %j it hears %j", (keys, attributes, heard) => {
  expect(digitsOf(keys, attributes)).toEqual(heard);
});
