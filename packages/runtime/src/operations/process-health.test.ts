import { expect, test } from "vitest";

import { type HealthSources, processHealth } from "./process-health.ts";

const works = { checkWrite: async () => {} };
const fails = { checkWrite: () => Promise.reject(new Error("no")) };
const refuses = {
  checkWrite: () => Promise.reject(Object.assign(new Error("OOM"), { name: "ReplyError" })),
};

function healthOf(sources: Partial<HealthSources>) {
  const isStopping = () => false;
  return processHealth({ store: works, queues: works, needsQueue: true, isStopping, ...sources });
}

test.each<[string, Partial<HealthSources>, { ok: boolean; body: object }]>([
  ["all up", {}, { ok: true, body: { status: "ready", mongodb: "up", redis: "up" } }],
  [
    "a worker without Redis",
    { queues: fails },
    { ok: false, body: { status: "not ready", redis: "away" } },
  ],
  ["a worker whose Redis is full", { queues: refuses }, { ok: false, body: { redis: "refusing" } }],
  [
    "an api without Redis",
    { queues: fails, needsQueue: false },
    { ok: true, body: { status: "degraded" } },
  ],
  [
    "no database",
    { store: fails },
    { ok: false, body: { status: "not ready", mongodb: "refusing" } },
  ],
  [
    "about to end",
    { isStopping: () => true },
    { ok: false, body: { status: "not ready", mongodb: "up" } },
  ],
])("ready: %s", async (_what, sources, answer) => {
  expect(await healthOf(sources).ready()).toMatchObject(answer);
});

test("live unless a queue is stuck; a server that is away restarts nothing", () => {
  expect(healthOf({ store: fails, queues: fails }).live()).toEqual({
    ok: true,
    body: { status: "live" },
  });
  expect(healthOf({ stuckQueues: () => ["call-dispatch"] }).live()).toEqual({
    ok: false,
    body: { status: "stuck", queues: ["call-dispatch"] },
  });
});
