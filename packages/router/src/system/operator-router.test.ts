import { createQueues, startWorkers } from "@call-log/dispatcher";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const operator = () => fresh.caller({ permissions: ["Operator"] });

describe("health", () => {
  test("tells how full each queue is, and since when", async () => {
    const asked = await operator();
    await (await fresh.caller()).calls.dispatch({ toNumber: "+15550100100", say: "Hello" });
    const { queues } = await asked.operator.health();
    expect(queues.map(({ name }) => name)).toEqual([
      "call-requests",
      "call-dispatch",
      "call-events",
      "call-maintenance",
    ]);
    expect(queues[1]).toMatchObject({ waiting: 1, active: 0, oldestSeconds: expect.any(Number) });
    expect(queues[2]).toMatchObject({ waiting: 0, oldestSeconds: null });
  });

  test("shows what is known while Redis is unreachable", async () => {
    const away = createQueues({ redisUrl: "redis://127.0.0.1:1", log: SILENT });
    const dispatcher = { ...fresh.dispatcher, queues: away };
    const asked = await fresh.caller({ permissions: ["Operator"], dispatcher });
    expect(await asked.operator.health()).toMatchObject({
      redis: { isUp: false },
      mongodb: { isUp: true },
      queues: [],
      workers: [],
    });
    await away.close();
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
    const asked = await operator();
    expect((await asked.operator.health()).workers).toEqual([]);
    const { presence } = fresh.dispatcher.queues;
    await presence.announce(worker("a"));
    await presence.announce(worker("b"));
    const { workers, callbackLag } = await asked.operator.health();
    const { lag: _lag, ...shown } = worker("a");
    expect(workers).toHaveLength(2);
    expect(workers).toContainEqual({ ...shown, draining: false, activeJobs: null });
    expect(callbackLag).toEqual({ callbacks: 8, halfWithinSeconds: 0.1, mostWithinSeconds: 1 });
    await presence.leave("a");
    await presence.leave("b");
    expect((await asked.operator.health()).workers).toEqual([]);
  });

  test("that run are among them, until they end", async () => {
    const asked = await operator();
    const workers = startWorkers(fresh.dispatcher);
    const alive = await waitFor(async () => (await asked.operator.health()).workers[0], {
      describe: "a sign of life",
    });
    expect(alive).toMatchObject({ id: fresh.dispatcher.context.workerId, pid: process.pid });
    await workers.close();
    expect((await asked.operator.health()).workers).toEqual([]);
  });

  test("and shows both servers as reachable", async () => {
    const { redis, mongodb } = await (await operator()).operator.health();
    expect(redis).toEqual({ isUp: true, ms: expect.any(Number) });
    expect(mongodb).toEqual({ isUp: true, ms: expect.any(Number) });
  });
});

describe("workers", () => {
  test("are drained and resumed by id or all at once; an api is none", async () => {
    const { workers, health } = (await operator()).operator;
    const announce = (id: string, role: string) =>
      fresh.store.processes.announce({
        id,
        role,
        host: "n",
        pid: 1,
        startedAt: new Date(),
        providers: ["simulated"],
        simulated: [],
      });
    await Promise.all([announce("w1", "worker"), announce("w2", "worker"), announce("a1", "api")]);
    const draining = async () =>
      (await health()).processes.flatMap((one) => (one.draining === true ? one.id : [])).toSorted();
    expect(await workers.drain({ id: "w1" })).toEqual({ workers: ["w1"] });
    expect(await draining()).toEqual(["w1"]);
    await workers.drain({ all: true });
    expect(await draining()).toEqual(["w1", "w2"]);
    await workers.resume({ all: true });
    expect(await draining()).toEqual([]);
    for (const id of ["a1", "gone"])
      await expect(workers.drain({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    for (const bad of [{}, { id: "w1", all: true as const }])
      await expect(workers.drain(bad)).rejects.toThrow("give either id or all");
    await Promise.all(["w1", "w2", "a1"].map((id) => fresh.store.processes.leave(id)));
  });
});

describe("projects", () => {
  test("are listed, made, changed, paused and resumed", async () => {
    const asked = await operator();
    const made = await asked.operator.projects.create({ name: "New team" });
    const { projects } = await asked.operator.projects.list();
    expect(projects.map(({ name }) => name)).toEqual(["New team", "Other", "Shop"]);
    const id = made._id;
    const settings = { allowedCountries: ["DE"] };
    await asked.operator.projects.update({ id, settings });
    const reason = "the bill is open";
    await asked.operator.projects.pause({ id, reason });
    expect(await asked.operator.projects.get({ id })).toMatchObject({
      ...settings,
      operatorPause: { reason },
    });
    expect(await asked.operator.projects.resume({ id })).not.toHaveProperty("operatorPause");
  });

  test("that an operator has paused are resumed by no key of theirs, nor by pausing them again", async () => {
    const asked = await operator();
    const id = fresh.projectId;
    await asked.operator.projects.pause({ id, reason: "an alert loops" });
    const owner = await fresh.caller();
    const refusal = {
      code: "FORBIDDEN",
      message: "An operator has paused the project, so only an operator can resume it.",
    };
    await expect(owner.projects.resume()).rejects.toMatchObject(refusal);
    await owner.projects.pause({ reason: "ours" });
    await expect(owner.projects.resume()).rejects.toMatchObject(refusal);
    expect(await owner.projects.get()).toMatchObject({
      paused: { reason: "ours" },
      operatorPause: { reason: "an alert loops" },
    });
    expect(await asked.operator.projects.resume({ id })).toMatchObject({
      paused: { reason: "ours" },
    });
    expect(await owner.projects.resume()).not.toHaveProperty("paused");
  });

  test("that do not exist are NOT_FOUND", async () => {
    const { projects } = (await operator()).operator;
    const id = UNKNOWN_ID;
    for (const ask of [
      () => projects.get({ id }),
      () => projects.update({ id, settings: { name: "x" } }),
      () => projects.pause({ id, reason: "x" }),
      () => projects.resume({ id }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("keys", () => {
  test("a project gets its first key, and no second one while that may administer it", async () => {
    const { keys, projects } = (await operator()).operator;
    const { _id: projectId } = await projects.create({ name: "Fresh" });
    const first = { projectId, name: "First", permissions: ["Project Owner" as const] };
    const { id, key } = await keys.create(first);
    expect(await fresh.store.keys.authenticate(key)).toMatchObject({ scope: "project", projectId });
    const viewer = { ...first, permissions: ["Viewer" as const] };
    for (const another of [first, viewer])
      await expect(keys.create(another)).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await keys.list({ projectId })).keys).toMatchObject([{ id, name: "First" }]);
    await keys.revoke({ id });
    await keys.create(first);
  });

  test("a key of a project can't have Operator, nor an operator's another permission", async () => {
    const { keys, projects } = (await operator()).operator;
    const { _id: projectId } = await projects.create({ name: "Mixed" });
    for (const mixed of [
      { projectId, permissions: ["Operator" as const] },
      { projectId, permissions: ["Project Owner" as const, "Operator" as const] },
      { permissions: ["Operator" as const, "Viewer" as const] },
      { permissions: ["Viewer" as const] },
    ])
      await expect(keys.create({ name: "x", ...mixed })).rejects.toMatchObject({
        code: "BAD_REQUEST",
        message: expect.stringMatching(/^permissions: /),
      });
    const name = "x";
    const nowhere = keys.create({ projectId: UNKNOWN_ID, name, permissions: ["Viewer"] });
    await expect(nowhere).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("an operator makes others, for no longer than their own, and revokes them", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const { key } = await fresh.store.keys.create({ permissions: ["Operator"], expiresAt });
    const { keys } = (await fresh.caller({ apiKeys: [key] })).operator;
    const next = { name: "Night shift", permissions: ["Operator" as const] };
    const own = (await keys.list()).keys.find(({ isOwn }) => isOwn)!;
    await expect(keys.create(next)).rejects.toThrow("when your own key expires");
    const { id } = await keys.create({ ...next, expiresAt: expiresAt.toISOString() });
    expect((await keys.list()).keys.map((one) => one.id)).toContain(id);
    expect(await keys.revoke({ id })).toEqual({ revoked: true });
    await expect(keys.revoke({ id: own.id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(keys.revoke({ id: "nothing" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
