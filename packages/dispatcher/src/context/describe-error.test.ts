import { expect, test } from "vitest";

import { describeError } from "./describe-error.ts";
import { errorFields } from "./log.ts";

const SECRET =
  "no such number +15550100100; said BLUEBIRD with cl_0123456789abcdefghij\n    at +15550100100 (x:1:1)";

test("an error is its name, code and frames, and so are its causes; never its text", () => {
  const cause = Object.assign(new TypeError(SECRET), {
    code: 11000,
    keyValue: { key: "BLUEBIRD" },
  });
  const error = Object.assign(new Error(SECRET, { cause }), { code: "ECONNREFUSED" });
  const described = describeError(error);
  expect(described).toMatchObject({
    name: "Error",
    code: "ECONNREFUSED",
    stack: expect.stringMatching(/^ +at .*describe-error\.test\.ts:\d+:\d+/),
    cause: { name: "TypeError", code: "11000" },
  });
  const written = JSON.stringify([described, errorFields(error)]);
  expect(written).not.toMatch(/BLUEBIRD|15550100100|cl_/);
});

test("a name and a code that are no words are left out", () => {
  const error = Object.assign(new Error("x"), { name: "call +1 555", code: "to +15550100100" });
  expect(describeError(error)).toMatchObject({ name: "Error" });
  expect(describeError(error)).not.toHaveProperty("code");
});

test("what is no error is its type", () => {
  expect(describeError(SECRET)).toEqual({ name: "string" });
  expect(describeError({ message: SECRET })).toEqual({ name: "object" });
});

test("a circle of causes ends", () => {
  const error = new Error("x");
  error.cause = error;
  expect(JSON.stringify(describeError(error)).match(/"cause"/g)).toHaveLength(3);
});
