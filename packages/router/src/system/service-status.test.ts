import { createQueues } from "@call-log/dispatcher";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test("a project sees by whom and why it is paused, unless its key sees call logs masked", async () => {
  const owner = await fresh.caller();
  const masked = await fresh.caller({ permissions: ["Read Masked Call Log"] });
  expect(await owner.system.status()).toMatchObject({ paused: null, operatorPause: null });
  await owner.projects.pause({ reason: "Calls to +15550100100 loop" });
  const { paused } = await owner.system.status();
  expect(paused).toEqual({
    reason: "Calls to +15550100100 loop",
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    by: expect.objectContaining({ kind: "key" }),
  });
  expect((await masked.system.status()).paused).toEqual({ reason: "hidden", at: paused!.at });
  await owner.projects.resume();
  const operator = await fresh.caller({ permissions: ["Operator"] });
  await operator.operator.projects.pause({ id: fresh.projectId, reason: "Unpaid" });
  const { operatorPause } = await owner.system.status();
  expect(operatorPause).toEqual({ reason: "Unpaid", at: expect.any(String) });
  await operator.operator.projects.resume({ id: fresh.projectId });
});

test("a paused provider is named to a project; by whom and why, to operators", async () => {
  const operator = await fresh.caller({ permissions: ["Operator"] });
  await operator.system.pauseProvider({ name: "simulated", reason: "tenant B owes us" });
  const seen = await (await fresh.caller()).system.status();
  expect(seen.pausedProviders).toEqual([{ name: "simulated", at: expect.any(String) }]);
  const { pausedProviders } = await operator.operator.status();
  expect(pausedProviders).toMatchObject([
    { name: "simulated", by: "person", reason: "tenant B owes us" },
  ]);
  await operator.system.resumeProvider({ name: "simulated" });
});

test("stuck calls of the project are counted, with the one that waits the longest", async () => {
  const [oldest] = await fresh.keep(
    { status: "Ringing", wakeAt: minutesAgo(9) },
    { status: "Queued", wakeAt: minutesAgo(5) },
    { status: "Queued", wakeAt: minutesAgo(0) },
    { status: "Completed", wakeAt: minutesAgo(9) },
    { status: "Queued", wakeAt: minutesAgo(20), projectId: fresh.otherProjectId },
  );
  const { stuck } = await (await fresh.caller()).system.status();
  expect(stuck).toEqual({
    calls: 2,
    oldest: { _id: oldest!._id, wakeAt: oldest!.wakeAt!.toISOString() },
  });
});

test("a Redis that is away, and no worker, are said", async () => {
  const away = createQueues({ redisUrl: "redis://127.0.0.1:1", log: SILENT });
  const dispatcher = { ...fresh.dispatcher, queues: away };
  const without = await fresh.caller({ dispatcher });
  expect(await without.system.status()).toMatchObject({ isRedisUp: false, hasWorkers: false });
  await away.close();
  expect(await (await fresh.caller()).system.status()).toMatchObject({
    isRedisUp: true,
    hasWorkers: false,
  });
});
