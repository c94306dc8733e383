import { expect, test } from "vitest";

import { type CallCondition, type ConditionFacts, settledCondition } from "./call-condition.ts";

const at = new Date(0);
const QUEUED = { status: "Queued", attemptCount: 0, attempts: [{}] };
const RINGING = { status: "Ringing", attemptCount: 1, attempts: [{}] };
const TALKING = { ...RINGING, status: "In Progress", attempts: [{ answeredAt: at }] };
const BUSY = { status: "Busy", attemptCount: 1, attempts: [{}], pricing: "pending" };
const DONE = { ...TALKING, status: "Completed", acknowledgedAt: at, pricing: "final" };
const NEVER_DIALED = { status: "Canceled", attemptCount: 0, attempts: [{}] };

test.each<[CallCondition, ConditionFacts, "met" | "missed" | undefined]>([
  ["dialed", QUEUED, undefined],
  ["dialed", RINGING, "met"],
  ["dialed", NEVER_DIALED, "missed"],
  ["answered", RINGING, undefined],
  ["answered", TALKING, "met"],
  ["answered", DONE, "met"],
  ["answered", BUSY, "missed"],
  ["acknowledged", TALKING, undefined],
  ["acknowledged", DONE, "met"],
  ["acknowledged", BUSY, "missed"],
  ["ended", TALKING, undefined],
  ["ended", { status: "Unknown" }, undefined],
  ["ended", BUSY, "met"],
  ["ended", { status: "imported as this" }, "met"],
  ["priced", TALKING, undefined],
  ["priced", BUSY, undefined],
  ["priced", { ...BUSY, pricing: "estimated" }, "met"],
  ["priced", NEVER_DIALED, "met"],
])("%s of %j: %s", (condition, call, result) => {
  expect(settledCondition(condition, call)).toBe(result);
});
