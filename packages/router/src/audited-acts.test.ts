import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "./testing/fresh-router.contract.ts";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
beforeEach(async () => {
  await fresh.store.collections.auditLog.deleteMany({});
});
afterAll(() => fresh[Symbol.asyncDispose]());

const lines = () => fresh.store.collections.auditLog.find().sort({ _id: 1 }).toArray();

test("a change of settings names the key, its address and request, and what changed", async () => {
  const owner = await fresh.caller({ address: "192.0.2.7", requestId: "r-1" });
  await owner.projects.update({ retentionDays: 30 });
  await owner.projects.pause({ reason: "Drill" });
  await owner.projects.resume();
  const by = { actor: { kind: "key", id: expect.any(String) }, address: "192.0.2.7" };
  const target = { kind: "project", id: fresh.projectId };
  const paused = { reason: "Drill", at: expect.any(Date) };
  const change = (field: string, values: object) => [{ field, ...values }];
  expect(await lines()).toMatchObject([
    { ...by, target, act: "project.update", changes: change("retentionDays", { to: 30 }) },
    { ...by, target, act: "project.pause", changes: change("paused", { to: paused }) },
    { ...by, target, act: "project.resume", changes: change("paused", { from: paused }) },
  ]);
});
