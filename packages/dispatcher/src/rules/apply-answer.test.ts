import type { CallRecord, RefusalClass } from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";
import { describe, expect, test } from "vitest";

import { aCall, CALL_ID, START } from "../testing/a-call.ts";
import { claimed } from "../testing/claimed-call.ts";
import { applyAnswer } from "./apply-answer.ts";
import { applyEvent } from "./apply-event.ts";

const attemptId = `${CALL_ID}-1`;
const accepted: PlaceResult = { kind: "accepted", providerCallId: "CA1", status: "queued" };
const unknown: PlaceResult = { kind: "unknown", reason: "HTTP 503" };
const refused = (errorClass: RefusalClass) =>
  ({ kind: "rejected", errorClass, errorCode: "21211", errorMessage: "No" }) satisfies PlaceResult;

const dialled = () => claimed(aCall(), { now: START });
const answered = (record: CallRecord, result: PlaceResult) =>
  applyAnswer(record, { attemptId, provider: "simulated", result, at: START });
const afterCallback = (status: "ringing" | "completed") =>
  applyEvent(dialled(), {
    attemptId,
    provider: "simulated",
    providerCallId: "CA1",
    source: "callback",
    status,
    at: START.toISOString(),
  }).record;

describe("applyAnswer", () => {
  test("an acceptance binds the provider's call", () => {
    expect(answered(dialled(), accepted).record.attempts[0]).toMatchObject({
      state: "accepted",
      providerCallId: "CA1",
      submittedAt: START,
    });
  });

  test("an acceptance after a callback leaves what the callback wrote", () => {
    for (const status of ["ringing", "completed"] as const) {
      const before = afterCallback(status);
      const { record } = answered(before, accepted);
      expect(record.attempts[0]?.state).toBe(before.attempts[0]?.state);
      expect(record.attempts[0]?.events.at(-1)).toMatchObject({ status: "accepted", late: true });
    }
  });

  test("an acceptance of another call than the callback spoke of is a conflict", () => {
    const other = { ...accepted, providerCallId: "CA2" };
    const before = afterCallback("ringing");
    expect(answered(before, other)).toEqual({ record: before, conflict: true });
  });

  test.each([
    ["destination", "bad-number"],
    ["permission", "not-permitted"],
    ["fromNumber", "from-number"],
    ["account", "account"],
    ["defect", "defect"],
    ["throttled", "throttled"],
  ] as const)("a refusal for %s ends the attempt as %s, at no cost", (errorClass, outcome) => {
    expect(answered(dialled(), refused(errorClass)).record.attempts[0]).toMatchObject({
      state: "rejected",
      outcome,
      errorClass,
      errorCode: "21211",
      endedAt: START,
      costInMicroUSD: 0,
      price: { pricing: "final" },
    });
  });

  test("a refusal of what a callback shows to be under way is a conflict", () => {
    const before = afterCallback("ringing");
    expect(answered(before, refused("destination"))).toEqual({ record: before, conflict: true });
  });

  test("a lost answer is a state of its own", () => {
    const { record } = answered(dialled(), unknown);
    expect(record).toMatchObject({
      status: "Unknown",
      statusMessage: "The provider's answer was lost (HTTP 503); looking for the call there",
      attempts: [{ state: "unknown", lostAnswer: "HTTP 503" }],
    });
    expect(answered(record, accepted).record.attempts[0]?.state).toBe("accepted");
    expect(answered(record, refused("throttled")).record.attempts[0]?.state).toBe("rejected");
  });

  test("a lost answer overwrites nothing", () => {
    const before = afterCallback("ringing");
    expect(answered(before, unknown)).toEqual({ record: before });
  });
});
