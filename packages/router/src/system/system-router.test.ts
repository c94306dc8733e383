import { createQueues } from "@call-log/dispatcher";
import type { ProblemRuleName } from "@call-log/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("health", () => {
  test("counts what is open, by what it does, stuck and awaits a price, in the key's project", async () => {
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
      waiting: 1,
      ringing: 1,
      answered: 0,
      unknown: 1,
      stuck: 1,
      stuckCalls: [
        { _id: ringing!._id, status: "Ringing", wakeAt: ringing!.wakeAt!.toISOString() },
      ],
      pricesPending: 2,
      oldestPricePending: { _id: completed!._id, createdAt: created.toISOString() },
    });
  });

  test("tells a project nothing of hosts, load, or why a provider is paused", async () => {
    const { presence } = fresh.dispatcher.queues;
    const operator = await fresh.caller({ permissions: ["Operator"] });
    await operator.system.pauseProvider({ name: "simulated", reason: "tenant B owes us" });
    for (const permission of ["Project Owner", "Viewer", "Read Masked Call Log"] as const) {
      const asked = await fresh.caller({ permissions: [permission] });
      expect((await asked.system.health()).hasWorkers).toBe(false);
      await presence.announce({
        id: "worker-of-node-1",
        host: "node-1.internal",
        pid: 4711,
        startedAt: "2026-11-25T03:12:00.000Z",
        concurrency: { requests: 20, dispatch: 50, events: 20 },
        lag: [],
      });
      const health = await asked.system.health();
      expect(Object.keys(health).toSorted()).toEqual(
        [
          "at",
          "calls",
          "deadLetters",
          "hasWorkers",
          "mongodb",
          "problems",
          "providers",
          "providersDiffer",
          "redis",
          "simulated",
        ].toSorted(),
      );
      expect(health).toMatchObject({ hasWorkers: true, redis: { isUp: true } });
      expect(health.providers).toEqual([{ name: "simulated", isPaused: true, isSimulated: true }]);
      expect(JSON.stringify(health)).not.toMatch(/node-1|4711|owes/);
      await presence.leave("worker-of-node-1");
    }
    await operator.system.resumeProvider({ name: "simulated" });
  });
});

test("shows what is wrong to the project that it is about, and all of it to operators", async () => {
  const { problems } = fresh.store;
  const since = new Date("2026-11-26T10:00:00Z");
  const begin = async (rule: ProblemRuleName, projectId?: string) => {
    const key = `${rule}|${projectId ?? ""}|`;
    const about = { key, rule, problemId: key, text: `wrong: ${rule}`, since };
    const pending = { ...about, ...(projectId !== undefined && { projectId }), state: "pending" };
    await problems.step(undefined, { state: pending as never });
    const before = (await problems.states()).find((one) => one.key === key)!;
    await problems.step(before, { state: { ...before, state: "open" }, event: "began" });
  };
  await begin("no-worker");
  await begin("call-stuck", fresh.projectId);
  await begin("unknown-held", fresh.otherProjectId);
  for (const permission of ["Project Owner", "Read Masked Call Log"] as const) {
    const { problems: own } = await (
      await fresh.caller({ permissions: [permission] })
    ).system.health();
    expect(own).toEqual([
      {
        id: expect.any(String),
        rule: "call-stuck",
        severity: "critical",
        title: "Calls are stuck",
        text: "wrong: call-stuck",
        remedy: expect.stringContaining("call-log show ID"),
        docs: "reference/problems.md#call-stuck",
        projectId: fresh.projectId,
        subject: null,
        since: since.toISOString(),
      },
    ]);
  }
  const operator = await fresh.caller({ permissions: ["Operator"] });
  const all = (await operator.operator.health()).problems;
  expect(all.map(({ rule }) => rule).toSorted()).toEqual([
    "call-stuck",
    "no-worker",
    "unknown-held",
  ]);
});

test("shows that Redis is unreachable, and what is in the database", async () => {
  const away = createQueues({ redisUrl: "redis://127.0.0.1:1", log: SILENT });
  const dispatcher = { ...fresh.dispatcher, queues: away };
  const health = await (await fresh.caller({ dispatcher })).system.health();
  expect(health).toMatchObject({ redis: { isUp: false }, mongodb: { isUp: true } });
  expect(health.hasWorkers).toBe(false);
  expect(health.calls.open).toBeGreaterThan(0);
  await away.close();
});

describe("the switch of a provider account", () => {
  test("holds it with a reason, and lets it go", async () => {
    const asked = await fresh.caller({ permissions: ["Operator"] });
    const { providers } = await asked.system.pauseProvider({ name: "simulated", reason: "Drill" });
    expect(providers).toEqual([
      {
        name: "simulated",
        isSimulated: true,
        pause: { by: "person", reason: "Drill", at: expect.any(String) },
      },
    ]);
    await asked.system.resumeProvider({ name: "simulated" });
    expect((await asked.operator.health()).providers).toEqual([
      { name: "simulated", isSimulated: true, pause: null, limiter: null },
    ]);
    const owner = await fresh.caller();
    expect((await owner.system.health()).providers).toEqual([
      { name: "simulated", isPaused: false, isSimulated: true },
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

describe("who places the calls", () => {
  const about = (id: string, providers: string[], simulated: string[] = []) => ({
    id,
    role: "worker",
    host: "node-1",
    pid: 7,
    startedAt: new Date("2026-11-25T03:12:00Z"),
    providers,
    simulated,
  });

  test("is said where it is the simulated provider, which rings no phone", async () => {
    const { simulated, providersDiffer } = await (await fresh.caller()).system.health();
    expect({ simulated, providersDiffer }).toEqual({ simulated: true, providersDiffer: false });
    const { context } = fresh.dispatcher;
    const { simulated: own } = context.providers;
    const real = { ...own!, name: "twilio", isSimulated: false };
    const dispatcher = {
      ...fresh.dispatcher,
      context: { ...context, providers: { twilio: real } },
    };
    expect((await (await fresh.caller({ dispatcher })).system.health()).simulated).toBe(false);
  });

  test("is warned of where processes differ: to a project that they do, to operators which", async () => {
    const { processes } = fresh.store;
    await processes.announce(about("a", ["simulated"], ["simulated"]));
    await processes.announce(about("b", ["twilio", "telnyx"]));
    const owner = await (await fresh.caller()).system.health();
    expect(owner.providersDiffer).toBe(true);
    expect(JSON.stringify(owner)).not.toContain("node-1");
    const operator = await fresh.caller({ permissions: ["Operator"] });
    const health = await operator.operator.health();
    expect(health.providerLists).toEqual([
      { providers: ["simulated"], processes: ["worker node-1:7"] },
      { providers: ["twilio", "telnyx"], processes: ["worker node-1:7"] },
    ]);
    expect(health.processes).toContainEqual({
      id: "b",
      role: "worker",
      host: "node-1",
      pid: 7,
      startedAt: "2026-11-25T03:12:00.000Z",
      providers: ["twilio", "telnyx"],
    });
    // What another process calls through can be paused here, too.
    const pausing = await operator.system.pauseProvider({ name: "twilio", reason: "Drill" });
    expect(pausing.providers.map(({ name, pause }) => [name, pause?.reason])).toEqual([
      ["simulated", undefined],
      ["twilio", "Drill"],
      ["telnyx", undefined],
    ]);
    await operator.system.resumeProvider({ name: "twilio" });
    await processes.leave("a");
    await processes.leave("b");
    expect((await (await fresh.caller()).system.health()).providersDiffer).toBe(false);
  });
});
