import { expect, test } from "vitest";

import type { CallPage, ListRequest, ToolApi } from "../tool-api.ts";
import type { ToolContext } from "../tool.ts";
import { findCalls } from "./find-calls.ts";

test("a search that takes too long is asked for in parts, and does not say that nothing matches", async () => {
  const asked: ListRequest[] = [];
  const list = async (request: ListRequest): Promise<CallPage> => {
    asked.push(request);
    return { data: [], count: 0, countedFrom: "2026-11-10T00:00:00.000Z", nextCursor: "older" };
  };
  const api = { list } as unknown as ToolApi;
  const context = { api, now: () => new Date("2026-11-24T00:00:00Z") } as ToolContext;
  const { data, text } = await findCalls.call({ name: "ada" }, context);
  expect(asked).toMatchObject([{ inParts: true }]);
  expect(data).toEqual({ count: 0, isAtLeast: true, calls: [], nextCursor: "older" });
  expect(text).toBe("At least 0 calls found, 0 of them here.");
});
