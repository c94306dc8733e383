import { describe, expect, test } from "vitest";

import { callRequest } from "./call-request.ts";
import { canAcknowledge, isAcknowledgement, say } from "./spoken-step.ts";

const STEPS = say.parse([
  { say: "The database is down." },
  { gather: { say: "Press 1 for English", on: { "1": {}, "4": {} } } },
  { gather: { say: "Press 4 to acknowledge", on: { "4": { acknowledge: true }, "9": {} } } },
]);

describe("digits acknowledge", () => {
  test.each([
    ["4", 2, true],
    ["9", 2, false],
    ["4", 1, false],
    ["4", undefined, false],
    ["4", 0, false],
    ["4", 7, false],
    ["constructor", 2, false],
  ])("%s at step %s: %s", (digits, step, acknowledges) => {
    expect(isAcknowledgement(STEPS, digits, step)).toBe(acknowledges);
  });
});

test("any of the questions may be the one that asks for an acknowledgement", () => {
  expect(canAcknowledge(STEPS)).toBe(true);
  expect(canAcknowledge(STEPS.slice(0, 2))).toBe(false);
  const request = { toNumber: "+15559998888", reachedWhen: "acknowledged" };
  expect(callRequest.safeParse({ ...request, say: STEPS }).success).toBe(true);
  expect(callRequest.safeParse({ ...request, say: STEPS.slice(0, 2) }).success).toBe(false);
});

test("a gather step has at most 100 branches", () => {
  const withBranches = (count: number) => {
    const on = Object.fromEntries(Array.from({ length: count }, (_, digits) => [`${digits}`, {}]));
    return say.safeParse([{ gather: { say: "Press", digits: 5, on } }]);
  };
  expect(withBranches(100).success).toBe(true);
  expect(withBranches(101).success).toBe(false);
  expect(withBranches(10_000).success).toBe(false);
});
