import { describe, expect, test } from "vitest";

import { aCall, aRequest, ASKS_FOR_4, CALL_ID, PROJECT_ID, START } from "../testing/a-call.ts";
import { newCallRecord } from "./new-call-record.ts";

const origin = { id: CALL_ID, projectId: PROJECT_ID, fromNumber: "+15551112222", now: START };

describe("newCallRecord", () => {
  test("is queued, with one planned attempt, and nothing dialled", () => {
    expect(newCallRecord(aRequest({ tags: ["db"], idempotencyKey: "k" }), origin)).toEqual({
      _id: CALL_ID,
      createdAt: START,
      updatedAt: START,
      projectId: PROJECT_ID,
      toNumber: "+15559998888",
      fromNumber: "+15551112222",
      callData: {
        message: "The database of shop.example is down.",
        steps: [{ say: "The database of shop.example is down." }],
      },
      status: "Queued",
      callCostInUSDCents: 0,
      attempts: [{ _id: `${CALL_ID}-1`, number: 1, state: "planned", dueAt: START, events: [] }],
      attemptCount: 0,
      idempotencyKey: "k",
      tags: ["db"],
      plan: {
        steps: [{ say: "The database of shop.example is down." }],
        retry: aRequest().retry,
        reachedWhen: "answered",
        onUnknown: "hold",
        sensitive: false,
      },
      sentDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      requestDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      revision: 0,
    });
  });

  test("for later it is scheduled, and due then", () => {
    const scheduledAt = "2026-11-24T00:00:00.000Z";
    const at = new Date(scheduledAt);
    expect(aCall({ scheduledAt })).toMatchObject({ status: "Scheduled", scheduledAt: at });
    expect(aCall({ scheduledAt }).attempts[0]?.dueAt).toEqual(at);
    expect(aCall({ scheduledAt: START.toISOString() }).status).toBe("Queued");
  });

  test("the text of a sensitive call is only in its plan", () => {
    const { callData, plan } = aCall({ sensitive: true, say: "Your code is 1234" });
    expect(callData).toEqual({ sensitive: true });
    expect(plan.steps).toEqual([{ say: "Your code is 1234" }]);
  });

  test("what is spoken and asked is what call data shows", () => {
    expect(aCall({ say: ASKS_FOR_4 }).callData).toMatchObject({
      message: "Press 4 to acknowledge",
    });
  });

  test("a related resource is kept as it was given, and its id beside it", () => {
    const incident = { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Down" };
    const userId = "5f43a6c0-28fe-11f1-b591-3fdcef396aba";
    expect(aCall({ incident, userId })).toMatchObject({
      incident,
      incidentId: incident._id,
      userId,
    });
    expect(aCall({ userId })).not.toHaveProperty("user");
  });

  test("a call that calls another again says so", () => {
    expect(newCallRecord(aRequest(), { ...origin, retryOf: "other" }).retryOf).toBe("other");
  });
});
