import { CallLogError, type CallStats, queryInput } from "@call-log/model";
import { afterEach, describe, expect, test, vi } from "vitest";

import type { RetryOutlook } from "../calls/preview-retries.ts";
import { planBulk, type Planning, retryPlan } from "./plan-bulk.ts";

const ok = (
  _id: string,
  preview: Partial<Extract<RetryOutlook, { ok: true }>["preview"]> = {},
  meanUSDCents?: number,
): RetryOutlook => ({
  ok: true,
  _id,
  preview: { toNumber: "+1", zones: ["UTC"], isZoneStated: false, ...preview },
  past:
    meanUSDCents === undefined
      ? undefined
      : { calls: 1, meanUSDCents, lowUSDCents: meanUSDCents / 2, highUSDCents: meanUSDCents * 2 },
});

describe("what takes the database too long to count", () => {
  afterEach(() => void vi.restoreAllMocks());

  const part = (calls: number, from: string, nextCursor?: string): CallStats => ({
    total: { calls, attempts: 0, talkSeconds: 0, costInUSDCents: 0, pricesPending: 0 },
    groups: {},
    from,
    ...(nextCursor !== undefined && { nextCursor }),
  });
  const plan = async (stats: Planning["reader"]["stats"]) => {
    const ctx = { identity: { projectId: "p" }, reader: { stats } } as Planning;
    const query = queryInput.parse({ tags: "a" });
    return planBulk(ctx, { act: "cancel", query, withReached: false });
  };

  test("is added up part by part", async () => {
    const parts: Record<string, CallStats> = {
      first: part(2, "2026-11-20T00:00:00.000Z", "second"),
      second: part(3, "2026-11-10T00:00:00.000Z"),
    };
    const asked = await plan(async ({ inParts, cursor }) => {
      expect(inParts).toBe(true);
      return parts[cursor ?? "first"]!;
    });
    expect(asked).toMatchObject({ total: 5, matching: 5, countedFrom: null });
  });

  test("is counted as far as the time allows, and the plan says how far", async () => {
    const clock = vi.spyOn(performance, "now").mockReturnValue(0);
    const from = "2026-11-20T00:00:00.000Z";
    const asked = await plan(async () => {
      clock.mockReturnValue(8000);
      return part(2, from, "further");
    });
    expect(asked).toMatchObject({ total: 2, countedFrom: from });
  });
});

test("calls are summed by what becomes of them, the largest groups first", () => {
  const quietUntil = new Date("2026-11-26T06:00:00Z");
  const error = new CallLogError("NOT_FOUND", "gone");
  const plan = retryPlan([
    ok("a", {}, 2),
    ok("b", { toNumber: "+2", zones: ["Europe/Berlin"], quietUntil }, 4),
    ok("c", { zones: ["Europe/Berlin"] }),
    ok("d", { refusal: "blocked" }),
    ok("e", { refusal: "blocked" }),
    ok("f", { calledAgainAs: { _id: "z", status: "Busy" } }),
    { ok: false, _id: "g", error },
  ]);
  expect(plan).toEqual({
    calls: 3,
    ids: ["a", "b", "c"],
    numbers: 2,
    refused: [
      { reason: "blocked", calls: 2, ids: ["d", "e"] },
      { reason: "gone", calls: 1, ids: ["g"] },
    ],
    before: { calls: 1, ids: ["z"] },
    zones: [
      { zones: ["Europe/Berlin"], calls: 2 },
      { zones: ["UTC"], calls: 1 },
    ],
    quiet: [{ until: quietUntil.toISOString(), calls: 1 }],
    cost: { lowUSDCents: 3, meanUSDCents: 6, highUSDCents: 12, unpriced: 1 },
  });
});

test("of many calls, the first five are named", () => {
  const plan = retryPlan(Array.from({ length: 9 }, (_, index) => ok(String(index))));
  expect(plan).toMatchObject({ calls: 9, ids: ["0", "1", "2", "3", "4"] });
});
