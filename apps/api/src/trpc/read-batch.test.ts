import { CallLogError } from "@call-log/model";
import { createLogger } from "@call-log/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";

import { type AskOptions, freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;

beforeAll(async () => {
  api = await freshApi();
  await api.keep({ status: "Busy" }, { status: "Completed" });
});

afterAll(() => api[Symbol.asyncDispose]());

const UNKNOWN = { id: "376d7300-28fe-11f1-b591-3fdcef396aba" };

/** Batches by POST: what they ask for, their inputs, and the status that they get. */
const BATCHES: Readonly<Record<string, readonly [paths: string, inputs: unknown, status: number]>> =
  {
    "one query": ["callLog.getList", { "0": { select: { status: true } } }, 200],
    "several queries": [
      "callLog.count,projects.get,callLog.count",
      { "0": { query: { status: "Busy" } } },
      200,
    ],
    "a bad input": ["callLog.getList", { "0": { limit: 0 } }, 400],
    "a good and a bad one": ["callLog.count,callLog.getItem", { "1": UNKNOWN }, 207],
    "two that fail alike": ["callLog.getItem,callLog.getItem", { "0": UNKNOWN, "1": UNKNOWN }, 404],
    "no inputs": ["callLog.count", {}, 200],
    "inputs that are a list": ["callLog.count", [{}], 400],
    "inputs that are no object": ["callLog.count", 7, 400],
    "what is no JSON": ["callLog.count", "{", 400],
    "a procedure that there is not": ["callLog.count,callLog.nothing", {}, 207],
    "a name of every object": ["constructor", {}, 404],
    "a query and a mutation": ["callLog.count,projects.resume", {}, 400],
  };

// This header leaves the request to tRPC's own adapter, and asks it for nothing else than the usual form.
const BY_ADAPTER = { "trpc-accept": "application/json" };

async function answersTo(paths: string, body: unknown, options: AskOptions = {}) {
  const ask = async (headers: Record<string, string>) => {
    const url = `/trpc/${paths}?batch=1`;
    const json = { "content-type": "application/json", ...headers };
    const answer = await api.ask("POST", url, { ...options, headers: json, body });
    const withoutId = answer.text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""');
    return { status: answer.status, vary: answer.headers["vary"], body: JSON.parse(withoutId) };
  };
  return { own: await ask({}), adapter: await ask(BY_ADAPTER) };
}

test.each(Object.entries(BATCHES))(
  "a batch with %s is answered as tRPC's own adapter does",
  async (_name, [paths, inputs, status]) => {
    const { own, adapter } = await answersTo(paths, inputs);
    expect(own).toEqual(adapter);
    expect(own.status).toBe(status);
  },
);

test("without a key it is refused as tRPC's own adapter does", async () => {
  const { own, adapter } = await answersTo("callLog.count", {}, { key: null });
  expect(own).toEqual(adapter);
  expect(own.status).toBe(401);
});

test("a read that fails is not repeated, reported once, and answered as tRPC's own adapter does", async () => {
  let reads = 0;
  const lines: string[] = [];
  const count = async () => {
    reads += 1;
    throw new CallLogError("SERVICE_UNAVAILABLE", "The database is away. Try again soon.");
  };
  const reader = { ...api.dependencies.reader, count };
  const server = await api.serverWith({
    reader,
    log: createLogger({
      role: "api",
      level: "info",
      to: { write: (line) => void lines.push(line) },
    }),
  });
  const { own, adapter } = await answersTo("callLog.count", {}, { server });
  expect(own).toEqual(adapter);
  expect(own.status).toBe(503);
  expect(reads).toBe(2);
  expect(lines.filter((line) => line.includes("SERVICE_UNAVAILABLE"))).toHaveLength(2);
});
