import { CallLogError, listInput, queryInput } from "@call-log/model";
import { freshDatabase, freshEmbeddedDatabase } from "@call-log/testing";
import { MongoServerError } from "mongodb";
import { describe, expect, test } from "vitest";

import type { Collections } from "../collections.ts";
import { callReaderContract } from "./call-reader.contract.ts";
import { createCallReader } from "./call-reader.ts";

describe("on the embedded server", () => {
  callReaderContract(freshEmbeddedDatabase);
});

describe.runIf(process.env["MONGODB_URI"])("on the server of MONGODB_URI", () => {
  callReaderContract(freshDatabase);
});

function failingReader(error: Error) {
  const failing = () => ({ toArray: () => Promise.reject(error) });
  const collection = { find: failing, aggregate: failing, collectionName: "any" };
  return createCallReader({
    callLogs: collection,
    periodSums: collection,
  } as unknown as Collections);
}

test("a search that takes too long is said so, and other errors stay as they are", async () => {
  const slow = failingReader(
    new MongoServerError({ code: 50, message: "operation exceeded time limit" }),
  );
  const list = slow.list({ projectId: "p", input: listInput.parse({}) });
  await expect(list).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    message: expect.stringContaining("took too long") as string,
  });
  const count = slow.count({ projectId: "p", query: queryInput.parse({}) });
  await expect(count).rejects.toThrow(CallLogError);
  const broken = failingReader(new MongoServerError({ code: 2, message: "bad value" }));
  await expect(broken.count({ projectId: "p", query: queryInput.parse({}) })).rejects.toThrow(
    "bad value",
  );
});
