import { CallLogError, ERROR_CODES, type ErrorCode } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { expect, test } from "vitest";

import { isLastStart, jobFailureOf } from "./job-failure.ts";

test.each([
  [new CallLogError("BAD_REQUEST", "x"), "refused", 1],
  [new CallLogError("NOT_FOUND", "x"), "refused", 1],
  [new CallLogError("CONFLICT", "x"), "refused", 1],
  [new CallLogError("UNPROCESSABLE_CONTENT", "x"), "refused", 1],
  [new CallLogError("SERVICE_UNAVAILABLE", "x"), "away", Infinity],
  [new CallLogError("INTERNAL_SERVER_ERROR", "x"), "unclear", 8],
  [new URIError("URI malformed"), "unclear", 8],
  [new TypeError("x of undefined"), "unclear", 8],
  ["a text", "unclear", 8],
])("%s is %s, and started %d times at most", (error, failure, starts) => {
  expect(jobFailureOf(error)).toBe(failure);
  const last = [1, 7, 8, 1000, 1_000_000].find((one) => isLastStart(jobFailureOf(error), one));
  expect(last).toBe(starts === Infinity ? undefined : starts);
});

test("a database that can't be reached is away", async () => {
  const uri = "mongodb://127.0.0.1:1/";
  const error: unknown = await connectStore({ uri, serverSelectionTimeoutMs: 1 }).catch(
    (thrown: unknown) => thrown,
  );
  expect(jobFailureOf(error)).toBe("away");
});

test("every code of the error table has its failure", () => {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const failures = codes.map((code) => jobFailureOf(new CallLogError(code, "x")));
  expect(new Set(failures)).toEqual(new Set(["refused", "away", "unclear"]));
});
