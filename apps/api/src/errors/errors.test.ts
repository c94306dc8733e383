import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { text } from "node:stream/consumers";

import { CallLogError, ERROR_CODES } from "@call-log/model";
import { type CallReader, connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { cuttableLine, freshDatabase } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const LIST = "/api/call-log/get-list";
const BODY_KEYS = ["error", "message", "code", "requestId"];

describe("the body of an error", () => {
  test.each([
    ["POST", LIST, { key: null }, 401],
    ["PUT", "/api/call-log/x", {}, 403],
    ["GET", "/api/call-log/x/get-item", {}, 400],
    ["POST", LIST, { body: "{" }, 400],
    ["POST", LIST, { body: { query: { status: { $where: 1 } } } }, 400],
    ["GET", "/nowhere", {}, 404],
    ["GET", "/api/call-log/00000000-0000-4000-8000-000000000000/get-item", {}, 404],
    ["POST", LIST, { body: "x", headers: { "content-type": "text/plain" } }, 415],
    ["GET", "/api/call-log/%zz/get-item", {}, 400],
    ["GET", `/api/call-log/${"x".repeat(2001)}/get-item`, {}, 400],
  ])("%s %s %j: %i", async (...[method, url, options, status]) => {
    const answer = await api.ask(method, url, options);
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(Object.keys(answer.body)).toEqual(BODY_KEYS);
    expect(answer.body["message"]).toBe(answer.body["error"]);
    const { httpStatus } = ERROR_CODES[answer.body["code"] as keyof typeof ERROR_CODES];
    expect(httpStatus).toBe(status);
  });

  test("names the place and what is allowed there", async () => {
    const { body } = await api.ask("POST", LIST, { body: { query: { status: 7 } } });
    expect(body["error"]).toMatch(/^query\.status: must be text, null, an array of these, or/);
  });

  test("has a request id of its own each time", async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => (await api.ask("GET", "/nowhere")).body["requestId"]),
    );
    expect(new Set(ids).size).toBe(2);
  });

  test("of our own defect says nothing but the request id", async () => {
    const reader = {
      ...api.dependencies.reader,
      count: () => Promise.reject(new Error("the secret of the house +15550100100")),
    };
    const server = await api.serverWith({ reader });
    const answer = await api.ask("POST", "/api/call-log/count", { server });
    expect(answer.status).toBe(500);
    expect(answer.body).toEqual({
      error: "Something went wrong on our side.",
      message: "Something went wrong on our side.",
      code: "INTERNAL_SERVER_ERROR",
      requestId: expect.any(String),
    });
  });
});

describe("what is not even HTTP", () => {
  let port: number;
  beforeAll(async () => {
    port = Number(new URL(await api.listen()).port);
  });

  test.each([
    ["NONSENSE\r\n\r\n", "The request is not valid HTTP."],
    ["GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", "The request is not valid HTTP."],
    [
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
      "The headers of the request are too large.",
    ],
  ])("%j", async (bytes, error) => {
    const socket = connect({ port, host: "127.0.0.1" });
    socket.write(bytes);
    const [head = "", body = ""] = (await text(socket)).split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(head).toContain("Content-Type: application/json");
    expect(JSON.parse(body)).toEqual({
      error,
      message: error,
      code: "BAD_REQUEST",
      requestId: expect.any(String),
    });
  });
});

test("a database that is away is 503, with a time to try again", async () => {
  await using database = await freshDatabase();
  const { hostname: host, port } = new URL(database.uri);
  const line = await cuttableLine({ host, port: Number(port) });
  let elapsed = 0;
  const store = await connectStore({
    uri: `mongodb://127.0.0.1:${line.port}/?directConnection=true`,
    databaseName: database.databaseName,
    serverSelectionTimeoutMs: 300,
    elapsedMs: () => elapsed,
  });
  const reader = store.createReader();
  const server = await api.serverWith({ store, reader });
  const { _id: projectId } = await store.projects.create({ name: "Shop" });
  const { key } = await store.keys.create({ projectId, permissions: ["Project Owner"] });
  const paths = [
    LIST,
    "/api/call-log/count",
    "/api/call-log/update/update-item",
    "/trpc/callLog.count",
  ];
  const statuses = async () => {
    const answers = await Promise.all(
      paths.map((url) => api.ask("POST", url, { key, server, body: {} })),
    );
    return answers.map(({ status, headers }) => [status, headers["retry-after"]]);
  };
  expect(await statuses()).toEqual([
    [200, undefined],
    [200, undefined],
    [403, undefined],
    [200, undefined],
  ]);
  await line.cut();
  // The key was looked up a moment ago, which holds for a while.
  elapsed += 1000;
  expect(await statuses()).toEqual(paths.map(() => [503, "5"]));
  const { body } = await api.ask("POST", LIST, { key, server });
  expect(body).toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    error: "The database is away. Try again soon.",
  });
  await store.close();
});

test("what takes the database too long is 400 where less can be asked for, else 503", async () => {
  const { callLogs } = collectionsOf(api.store);
  const refusal: unknown = await callLogs.db.command({ noSuchCommand: 1 }).catch((e: unknown) => e);
  const slow = Object.assign(refusal as Error, { code: 50 });
  vi.spyOn(callLogs.db, "command").mockRejectedValue(slow);
  onTestFinished(() => void vi.restoreAllMocks());
  const server = await api.serverWith({ reader: api.store.createReader() });
  const count = await api.ask("POST", "/api/call-log/count", { server });
  expect(count).toMatchObject({ status: 400, body: { code: "BAD_REQUEST" } });
  expect(count.body["message"]).toMatch(/^query: takes the database too long/);
  const item = await api.ask("POST", `/api/call-log/${randomUUID()}/get-item`, { server });
  expect(item).toMatchObject({ status: 503, body: { code: "SERVICE_UNAVAILABLE" } });
  expect(item.headers["retry-after"]).toBe("5");
});

test("only who asks for parts gets a part of a count or list, by every way", async () => {
  const part = { count: 3, countedFrom: new Date("2026-11-01T00:00:00Z") };
  const tooLong = new CallLogError("BAD_REQUEST", "query: takes the database too long.");
  const answer = async <T>(inParts: boolean | undefined, given: T) => {
    if (inParts !== true) throw tooLong;
    return given;
  };
  const page = { ...part, data: [], skip: 0, limit: 10, nextCursor: "further" };
  const reader: CallReader = {
    ...api.dependencies.reader,
    count: ({ inParts }) => answer(inParts, part),
    list: ({ input: { inParts } }) => answer(inParts, page),
  };
  const server = await api.serverWith({ reader });
  const found = { count: 3, countedFrom: "2026-11-01T00:00:00.000Z" };
  for (const [path, body] of [
    ["/api/call-log/count", found],
    [LIST, { ...page, ...found }],
  ] as const) {
    const asked = await api.ask("POST", path, { server, body: { inParts: true } });
    expect(asked).toMatchObject({ status: 200, body });
    expect((await api.ask("POST", path, { server })).status).toBe(400);
  }
});
