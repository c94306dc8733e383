import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "./testing/fresh-api.contract.ts";

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

test("without its queue it is not, and says so", async () => {
  const server = await api.serverWith({ dispatcher: api.dispatcherOn("redis://127.0.0.1:1") });
  const { status, body } = await api.ask("GET", "/health/ready", { server });
  expect([status, body]).toEqual([503, { status: "not ready", mongodb: "up", redis: "away" }]);
});

test("without its database neither, but it is live", async () => {
  const store = { ...api.store, ping: () => Promise.reject(new Error("away")) };
  const server = await api.serverWith({ store });
  const ready = await api.ask("GET", "/health/ready", { server });
  expect([ready.status, ready.body]).toEqual([
    503,
    { status: "not ready", mongodb: "away", redis: "up" },
  ]);
  expect((await api.ask("GET", "/health/live", { server })).status).toBe(200);
});
