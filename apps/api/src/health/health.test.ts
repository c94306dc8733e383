import { connectStore } from "@call-log/store";
import { cuttableLine, freshDatabase } from "@call-log/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

test("a process that runs is live, without a key", async () => {
  const { status, body } = await api.ask("GET", "/health/live");
  expect([status, body]).toEqual([200, { status: "live" }]);
});

test("with database and queue it is ready", async () => {
  const { status, body } = await api.ask("GET", "/health/ready");
  expect([status, body]).toEqual([200, { status: "ready", mongodb: "up", redis: "up" }]);
});

test("without its queue it is degraded, and takes calls", async () => {
  const server = await api.serverWith({ dispatcher: api.dispatcherOn("redis://127.0.0.1:1") });
  const { status, body } = await api.ask("GET", "/health/ready", { server });
  expect([status, body]).toEqual([200, { status: "degraded", mongodb: "up", redis: "away" }]);
  const call = { toNumber: "+15550100100", say: "Hello", scheduledAt: "2999-01-01T00:00:00Z" };
  const accepted = await api.ask("POST", "/api/call-log", { server, body: call });
  expect(accepted.status).toBe(202);
});

test("with a queue that is out of memory, too", async () => {
  const oom = Object.assign(new Error("OOM command not allowed"), { name: "ReplyError" });
  const { dispatcher } = api.dependencies;
  const queues = { ...dispatcher.queues, checkWrite: () => Promise.reject(oom) };
  const server = await api.serverWith({ dispatcher: { ...dispatcher, queues } });
  const { status, body } = await api.ask("GET", "/health/ready", { server });
  expect([status, body]).toEqual([200, { status: "degraded", mongodb: "up", redis: "refusing" }]);
});

test("with a database that answers but does not write it is not ready, but live", async () => {
  const store = { ...api.store, checkWrite: () => Promise.reject(new Error("disk full")) };
  const server = await api.serverWith({ store });
  const ready = await api.ask("GET", "/health/ready", { server });
  expect([ready.status, ready.body]).toEqual([
    503,
    { status: "not ready", mongodb: "refusing", redis: "up" },
  ]);
  expect((await api.ask("GET", "/health/live", { server })).status).toBe(200);
});

test("with a database that is away, too", async () => {
  await using database = await freshDatabase();
  const { hostname: host, port } = new URL(database.uri.replace("mongodb:", "http:"));
  const line = await cuttableLine({ host, port: Number(port) });
  const store = await connectStore({
    uri: `mongodb://127.0.0.1:${line.port}/?directConnection=true`,
    databaseName: database.databaseName,
    serverSelectionTimeoutMs: 300,
  });
  onTestFinished(() => store.close());
  const server = await api.serverWith({ store });
  await line.cut();
  const { status, body } = await api.ask("GET", "/health/ready", { server });
  expect([status, body]).toEqual([503, { status: "not ready", mongodb: "away", redis: "up" }]);
});
