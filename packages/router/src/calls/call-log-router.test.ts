import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
let caller: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  caller = await fresh.caller({ permissions: ["Viewer"] });
});
beforeEach(async () => {
  await collectionsOf(fresh.store).callLogs.deleteMany({});
});
afterAll(() => fresh[Symbol.asyncDispose]());

describe("stats", () => {
  test("are those of the key's own project", async () => {
    await fresh.keep(
      { status: "Busy", callCostInUSDCents: 1.3, attemptCount: 2, tags: ["night"] },
      { status: "Busy", callCostInUSDCents: 0.2, attemptCount: 1, pricing: "pending" },
      { status: "Completed", projectId: fresh.otherProjectId },
    );
    expect(await caller.callLog.stats({ by: ["status", "tag", "country"] })).toEqual({
      total: { calls: 2, attempts: 3, talkSeconds: 0, costInUSDCents: 1.5, pricesPending: 1 },
      groups: {
        status: [
          {
            key: "Busy",
            calls: 2,
            attempts: 3,
            talkSeconds: 0,
            costInUSDCents: 1.5,
            pricesPending: 1,
          },
        ],
        tag: [
          { key: "", calls: 1, attempts: 1, talkSeconds: 0, costInUSDCents: 0.2, pricesPending: 1 },
          {
            key: "night",
            calls: 1,
            attempts: 2,
            talkSeconds: 0,
            costInUSDCents: 1.3,
            pricesPending: 0,
          },
        ],
        country: [
          { key: "", calls: 2, attempts: 3, talkSeconds: 0, costInUSDCents: 1.5, pricesPending: 1 },
        ],
      },
    });
    expect(await caller.callLog.stats()).toMatchObject({ total: { calls: 2 }, groups: {} });
  });

  test("are not for a key that may not read", async () => {
    const other = await fresh.caller({ permissions: ["Dispatch Call"] });
    await expect(other.callLog.stats()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("refuse a bad input by its place", async () => {
    await expect(caller.callLog.stats({ by: ["colour" as "day"] })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message:
        "by.0: must be one of: day, hour, status, country, provider, outcome, answeredBy, tag",
    });
  });
});

describe("histogram", () => {
  test("counts the calls of the key's own project over time", async () => {
    const createdAt = new Date("2026-11-24T03:12:20Z");
    await fresh.keep(
      { createdAt, status: "Busy" },
      { createdAt, status: "Completed", projectId: fresh.otherProjectId },
    );
    expect(await caller.callLog.histogram()).toEqual({
      size: "minute",
      from: "2026-11-24T03:12:20.000Z",
      to: "2026-11-24T03:13:00.000Z",
      buckets: [{ from: "2026-11-24T03:12:00.000Z", counts: { "not-reached": 1 } }],
    });
  });

  test("is not for a key that may not read", async () => {
    const other = await fresh.caller({ permissions: ["Dispatch Call"] });
    await expect(other.callLog.histogram()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
