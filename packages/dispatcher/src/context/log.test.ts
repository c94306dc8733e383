import { expect, test } from "vitest";

import { errorFields } from "./log.ts";

test.each([
  [Object.assign(new Error("x"), { code: undefined }), undefined],
  [Object.assign(new Error("x"), { code: { a: 1 } }), undefined],
  [Object.assign(new Error("x"), { code: "ECONNRESET" }), "ECONNRESET"],
  [Object.assign(new Error("x"), { code: 11_000 }), "11000"],
  [Object.assign(new Error("OOM command not allowed"), { name: "ReplyError" }), "OOM"],
])("a log line has the code that an error has, and no other: %#", (error, code) => {
  expect(errorFields(error).code).toBe(code);
});
