import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoServerError,
} from "mongodb";
import { describe, expect, test } from "vitest";

import { isDatabaseAway, isDatabaseFull, isDuplicateKey, isTimeLimit } from "./database-error.ts";

const serverError = (code: number) => new MongoServerError({ message: "no", code });

describe("isDatabaseAway", () => {
  test.each([
    ["a broken connection", new MongoNetworkError("reset")],
    ["a closed client", new MongoClientClosedError()],
    ["a primary that stepped down", serverError(189)],
    ["a server that is not the primary", serverError(10107)],
    ["a server that shuts down", serverError(91)],
    ["a disk that is full", serverError(14031)],
    ["a majority that does not answer in time", serverError(64)],
  ])("%s", (_, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  test("the pool's errors, whose classes the driver keeps to itself", () => {
    class MongoWaitQueueTimeoutError extends MongoError {
      override get name() {
        return "MongoWaitQueueTimeoutError";
      }
    }
    expect(isDatabaseAway(new MongoWaitQueueTimeoutError("full"))).toBe(true);
  });

  test.each([
    ["a taken key", serverError(11000)],
    ["a time limit", serverError(50)],
    ["a wrong use of the driver", new MongoInvalidArgumentError("no")],
    ["another error with such a code", Object.assign(new Error("no"), { code: 189 })],
    ["a text", "away"],
    ["nothing", undefined],
  ])("not %s", (_, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});

test("isDatabaseFull: code 14031 and nothing else", () => {
  expect(isDatabaseFull(serverError(14031))).toBe(true);
  expect(isDatabaseFull(serverError(91))).toBe(false);
});

describe("isTimeLimit", () => {
  test("code 50 and nothing else", () => {
    expect(isTimeLimit(serverError(50))).toBe(true);
    expect(isTimeLimit(serverError(262))).toBe(false);
    expect(isTimeLimit(Object.assign(new Error("no"), { code: 50 }))).toBe(false);
  });
});

describe("isDuplicateKey", () => {
  const bulkError = (codes: number[], writeConcernCode?: number) => {
    const writeErrors = codes.map((code, index) => ({ code, index }));
    const concern = writeConcernCode === undefined ? undefined : { code: writeConcernCode };
    const result = { getWriteConcernError: () => concern };
    const error: unknown = Object.assign(Object.create(MongoBulkWriteError.prototype), {
      writeErrors,
      result,
    });
    return error;
  };

  test.each([
    { error: serverError(11000), duplicate: true },
    { error: serverError(121), duplicate: false },
    { error: bulkError([11000, 11000]), duplicate: true },
    { error: bulkError([11000, 121]), duplicate: false },
    { error: bulkError([]), duplicate: false },
    { error: bulkError([11000], 64), duplicate: false },
    { error: new Error("E11000"), duplicate: false },
  ])("$duplicate in case $#", ({ error, duplicate }) => {
    expect(isDuplicateKey(error)).toBe(duplicate);
  });

  test("duplicates that are not known to be on a majority mean that the database is away", () => {
    expect(isDatabaseAway(bulkError([11000], 64))).toBe(true);
  });
});
