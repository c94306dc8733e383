import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
let caller: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  caller = await fresh.caller({ permissions: ["Dispatch Call"] });
});
beforeEach(async () => {
  await collectionsOf(fresh.store).callLogs.deleteMany({});
});
afterAll(() => fresh[Symbol.asyncDispose]());

const over = { status: "Busy", createdAt: new Date() } as const;

describe("before calling again", () => {
  test("the answer has the number's time zones, and the past cost of calls to its country", async () => {
    const priced = { ...over, pricing: "final" as const, callCostInUSDCents: 1 };
    const [call] = await fresh.keep(
      priced,
      { ...priced, callCostInUSDCents: 4 },
      { ...priced, callCostInUSDCents: 100, pricing: "pending" },
      { ...priced, callCostInUSDCents: 100, toNumber: "+14165550100" },
      { ...priced, callCostInUSDCents: 100, createdAt: new Date(0) },
      { ...priced, callCostInUSDCents: 100, projectId: fresh.otherProjectId },
    );
    const preview = await caller.calls.previewRetry({ id: call!._id });
    expect(preview).toMatchObject({
      refusal: null,
      isZoneStated: false,
      quietUntil: null,
      pastCost: { calls: 2, meanUSDCents: 2.5 },
    });
    expect(preview.zones).toContain("America/New_York");
  });

  test("the zone that the request states is the callee's, and quiet hours hold the call", async () => {
    const hours = { from: "00:00", to: "23:59", timeZone: "UTC" };
    await fresh.store.projects.update(fresh.projectId, { quietHours: hours });
    const [call] = await fresh.keep({ ...over, plan: { timeZone: "Europe/Berlin" } });
    const now = () => new Date("2026-11-25T11:00:00Z");
    const asked = await fresh.caller({ now });
    expect(await asked.calls.previewRetry({ id: call!._id })).toMatchObject({
      zones: ["Europe/Berlin"],
      isZoneStated: true,
      quietUntil: expect.stringMatching(/T22:59:00/),
      pastCost: null,
    });
    await fresh.store.projects.update(fresh.projectId, { quietHours: null });
  });

  test.each([
    [{ status: "Unknown" }, /may or may not have placed/],
    [{ status: "Ringing" }, /not over yet: Ringing/],
    [{ ...over, plan: { steps: [], sensitive: true } }, /spoken text of this sensitive call/],
    [{ ...over, toNumber: "+4930123456" }, /calls to DE are not allowed/],
  ])("%j is refused with a reason", async (record, reason) => {
    const [call] = await fresh.keep(record);
    const { refusal } = await caller.calls.previewRetry({ id: call!._id });
    expect(refusal).toMatch(reason);
  });

  test("another project's call is not there", async () => {
    const [call] = await fresh.keep({ ...over, projectId: fresh.otherProjectId });
    const asking = caller.calls.previewRetry({ id: call!._id });
    await expect(asking).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
