import { createQueues, startWorkers } from "@call-log/dispatcher";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "./testing/fresh-router.contract.ts";

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("health", () => {
  test("counts what is open, unknown, stuck and awaits a price, in the key's project", async () => {
    const created = minutesAgo(9);
    const [, ringing, , completed] = await fresh.keep(
      { status: "Queued", wakeAt: minutesAgo(0) },
      { status: "Ringing", wakeAt: minutesAgo(5) },
      { status: "Unknown", wakeAt: minutesAgo(-5) },
      { status: "Completed", wakeAt: minutesAgo(-5), pricing: "pending", createdAt: created },
      { status: "Completed", wakeAt: minutesAgo(-5), pricing: "pending", createdAt: minutesAgo(8) },
      { status: "Completed", pricing: "final" },
      { status: "Queued", wakeAt: minutesAgo(5), projectId: fresh.otherProjectId },
    );
    const { calls } = await (await fresh.caller()).system.health();
    expect(calls).toEqual({
      open: 3,
      unknown: 1,
      stuck: 1,
      stuckCalls: [
        { _id: ringing!._id, status: "Ringing", wakeAt: ringing!.wakeAt!.toISOString() },
      ],
      pricesPending: 2,
      oldestPricePending: { _id: completed!._id, createdAt: created.toISOString() },
    });
  });

  test("tells how full each queue is, and since when", async () => {
    const asked = await fresh.caller();
    await asked.calls.dispatch({ toNumber: "+15550100100", say: "Hello" });
    const { queues } = await asked.system.health();
    expect(queues.map(({ name }) => name)).toEqual([
      "call-requests",
      "call-dispatch",
      "call-events",
      "call-maintenance",
    ]);
    expect(queues[1]).toMatchObject({ waiting: 1, active: 0, oldestSeconds: expect.any(Number) });
    expect(queues[2]).toMatchObject({ waiting: 0, oldestSeconds: null });
  });
});

describe("the processes", () => {
  const lag = [3, 0, 0, 1];
  const worker = (id: string) => ({
    id,
    host: "node-1",
    pid: 7,
    startedAt: "2026-11-25T03:12:00.000Z",
    concurrency: { requests: 20, dispatch: 50, events: 20 },
    lag,
  });

  test("that give a sign of life are listed, with what they measured of callbacks", async () => {
    const asked = await fresh.caller();
    expect((await asked.system.health()).workers).toEqual([]);
    const { presence } = fresh.dispatcher.queues;
    await presence.announce(worker("a"));
    await presence.announce(worker("b"));
    const { workers, callbackLag } = await asked.system.health();
    const { lag: _lag, ...shown } = worker("a");
    expect(workers).toHaveLength(2);
    expect(workers).toContainEqual(shown);
    expect(callbackLag).toEqual({ callbacks: 8, halfWithinSeconds: 0.1, mostWithinSeconds: 1 });
    await presence.leave("a");
    await presence.leave("b");
    expect((await asked.system.health()).workers).toEqual([]);
  });

  test("that run are among them, until they end", async () => {
    const asked = await fresh.caller();
    const workers = startWorkers(fresh.dispatcher);
    const alive = await waitFor(async () => (await asked.system.health()).workers[0], {
      describe: "a sign of life",
    });
    expect(alive).toMatchObject({ id: fresh.dispatcher.context.workerId, pid: process.pid });
    await workers.close();
    expect((await asked.system.health()).workers).toEqual([]);
  });

  test("and both servers are told to be reached", async () => {
    const { redis, mongodb } = await (await fresh.caller()).system.health();
    expect(redis).toEqual({ isUp: true, ms: expect.any(Number) });
    expect(mongodb).toEqual({ isUp: true, ms: expect.any(Number) });
  });
});

test("a Redis that is away is told, and what is in the database is shown", async () => {
  const away = createQueues({ redisUrl: "redis://127.0.0.1:1", log: SILENT });
  const dispatcher = { ...fresh.dispatcher, queues: away };
  const health = await (await fresh.caller({ dispatcher })).system.health();
  expect(health).toMatchObject({ redis: { isUp: false }, mongodb: { isUp: true }, queues: [] });
  expect(health.calls.open).toBeGreaterThan(0);
  await away.close();
});

describe("the switch of a provider account", () => {
  test("holds it with a reason, and lets it go", async () => {
    const asked = await fresh.caller({ permissions: ["Operator"] });
    const { providers } = await asked.system.pauseProvider({ name: "simulated", reason: "Drill" });
    expect(providers).toEqual([
      { name: "simulated", pause: { by: "person", reason: "Drill", at: expect.any(String) } },
    ]);
    await asked.system.resumeProvider({ name: "simulated" });
    const owner = await fresh.caller();
    expect((await owner.system.health()).providers).toEqual([
      { name: "simulated", pause: null, limiter: null },
    ]);
  });

  test("names the accounts when there is no such one", async () => {
    const asked = await fresh.caller({ permissions: ["Operator"] });
    const pausing = asked.system.pauseProvider({ name: "twilio", reason: "x" });
    await expect(pausing).rejects.toThrow("name: must be one of: simulated");
  });

  test.each(["Project Owner", "Project Admin", "Project Member"] as const)(
    "is not for a %s, to pause or to resume",
    async (permission) => {
      const operator = await fresh.caller({ permissions: ["Operator"] });
      await operator.system.pauseProvider({ name: "simulated", reason: "The bill is wrong" });
      const asked = await fresh.caller({ permissions: [permission] });
      for (const asking of [
        asked.system.pauseProvider({ name: "simulated", reason: "tenant B says no" }),
        asked.system.resumeProvider({ name: "simulated" }),
      ])
        await expect(asking).rejects.toMatchObject({
          code: "FORBIDDEN",
          message: expect.stringContaining("one of the permissions: Operator"),
        });
      expect((await fresh.store.providerStates.list())[0]?.paused).toMatchObject({
        reason: "The bill is wrong",
      });
      await operator.system.resumeProvider({ name: "simulated" });
    },
  );
});
