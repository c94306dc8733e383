import { afterAll, beforeAll, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const NOON = new Date("2026-11-25T12:00:00Z");
const NIGHT = { from: "22:00", to: "07:00", timeZone: "UTC" };

test("what changed settings would have done with the last seven days stands beside what the saved ones did", async () => {
  await fresh.keep(
    { createdAt: new Date("2026-11-24T23:00:00Z") },
    { createdAt: new Date("2026-11-25T11:00:00Z") },
    { createdAt: new Date("2026-11-18T11:59:00Z") },
  );
  const owner = await fresh.caller({ now: () => NOON });
  const preview = (settings: object) => owner.projects.previewSettings({ settings });
  const { calls, since, changed, saved } = await preview({ quietHours: NIGHT });
  expect({ calls, since }).toEqual({ calls: 2, since: "2026-11-18T12:00:00.000Z" });
  expect([changed.quietHours.count, saved.quietHours.count]).toEqual([1, 0]);
  await owner.projects.update({ quietHours: NIGHT });
  const without = await preview({ quietHours: null });
  expect([without.changed.quietHours.count, without.saved.quietHours.count]).toEqual([0, 1]);
});

test("settings that cannot be saved cannot be previewed, by the same words", async () => {
  const owner = await fresh.caller();
  const settings = { quietHours: { ...NIGHT, from: "25:00" } };
  await expect(owner.projects.previewSettings({ settings })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringContaining("quietHours.from: must be a time of day") as string,
  });
});
