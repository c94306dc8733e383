import { CallLogError } from "@call-log/model";
import { expect, test } from "vitest";

import type { RetryOutlook } from "../calls/preview-retries.ts";
import { retryPlan } from "./plan-bulk.ts";

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
