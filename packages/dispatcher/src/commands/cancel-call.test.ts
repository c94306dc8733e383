import type { CallRecord, CallRequestInput } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { sweep } from "../maintenance/sweep.ts";
import { recordEvent } from "../record/record-event.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, ASKS_FOR_4, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { cancelCall } from "./cancel-call.ts";
import { previewRetry } from "./preview-retry.ts";
import { retryCall } from "./retry-call.ts";

const newContext = useStoreContext(freshDatabase);

async function accepted(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  const ref = { projectId: PROJECT_ID, callLogId: _id };
  return {
    _id,
    ref,
    cancel: () => cancelCall(context, ref),
    dispatch: () => dispatchAttempt(context, { ...ref, attemptNumber: 1 }),
    happens: (status: "ringing" | "in-progress" | "completed" | "busy") => {
      const providerCallId = `first-${_id}-1`;
      const call = context.primary.calls.get(providerCallId)!;
      context.primary.calls.set(providerCallId, { ...call, status });
      const event = { attemptId: `${_id}-1`, provider: "first", providerCallId } as const;
      const at = context.now().toISOString();
      return recordEvent(context, { ...event, source: "callback", status, at });
    },
    read: async () => (await context.calls.find(_id)) as CallRecord,
  };
}

const RETRIES = { retry: { maxAttempts: 5, backoff: { delaySeconds: 0 } } };

describe("cancelCall", () => {
  test.each([{}, { scheduledAt: secondsAfter(START, 600).toISOString() }])(
    "a call that waits is canceled at once: %j",
    async (request) => {
      const context = newContext();
      const call = await accepted(context, request);
      expect(await call.cancel()).toMatchObject({
        status: "Canceled",
        callCostInUSDCents: 0,
        pricing: "final",
        attempts: [{ state: "ended", outcome: "canceled" }],
      });
      expect(await call.read()).not.toHaveProperty("wakeAt");
      await call.dispatch();
      expect(context.primary.orders).toEqual([]);
    },
  );

  test("racing with the claim, either the call is canceled or it is dialled", async () => {
    for (let round = 0; round < 10; round += 1) {
      const context = newContext();
      const call = await accepted(context);
      const [canceled] = await Promise.allSettled([call.cancel(), call.dispatch()]);
      const { status } = await call.read();
      const dialled = context.primary.orders.length;
      const atOnce = canceled.status === "fulfilled" && dialled === 0;
      expect([status === "Canceled" || dialled === 1, dialled]).toEqual([true, atOnce ? 0 : 1]);
    }
  });

  test("a ringing call is ended at the provider, and no attempt follows", async () => {
    const context = newContext();
    const call = await accepted(context, RETRIES);
    await call.dispatch();
    await call.happens("ringing");
    expect(await call.cancel()).toMatchObject({
      status: "Canceled",
      statusMessage: "Canceled; canceled while the call was running",
      attempts: [{ state: "ended", outcome: "canceled" }],
    });
  });

  test("an answered call is hung up; who was not reached is not called again", async () => {
    const context = newContext();
    const asks = { say: ASKS_FOR_4, reachedWhen: "acknowledged" as const };
    const call = await accepted(context, { ...RETRIES, ...asks });
    await call.dispatch();
    await call.happens("in-progress");
    await call.cancel();
    await call.cancel().catch(() => undefined);
    expect(await call.read()).toMatchObject({ status: "Not Reached", attempts: [{}] });
    expect((await call.read()).attempts).toHaveLength(1);
  });

  test("when the provider can't be asked, no attempt follows all the same", async () => {
    const context = newContext();
    const call = await accepted(context, RETRIES);
    await call.dispatch();
    context.primary.isAway = true;
    await expect(call.cancel()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    await call.happens("busy");
    expect(await call.read()).toMatchObject({ status: "Busy" });
    expect((await call.read()).attempts).toHaveLength(1);
  });

  test.each(["ringing", "in-progress"] as const)(
    "a call that is %s when its canceler dies is ended by the sweeper, within seconds",
    async (status) => {
      const context = newContext();
      const call = await accepted(context, RETRIES);
      await call.dispatch();
      await call.happens(status);
      const { primary } = context;
      primary.isAway = true;
      await expect(call.cancel()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
      primary.isAway = false;
      context.clock.advance(6);
      await sweep(context);
      const ended = status === "ringing" ? "canceled" : "completed";
      expect(primary.calls.get(`first-${call._id}-1`)).toMatchObject({ status: ended });
      const { attempts } = await call.read();
      expect(attempts).toMatchObject([{ state: "ended" }]);
    },
  );

  test("a call that is being placed or is unknown is refused", async () => {
    const context = newContext();
    const call = await accepted(context);
    context.primary.answer = async () => {
      await expect(call.cancel()).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining("being handed to the provider"),
      });
      return { kind: "unknown", reason: "HTTP 503" };
    };
    await call.dispatch();
    await expect(call.cancel()).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("unknown"),
    });
    expect(await call.read()).toMatchObject({ status: "Unknown" });
  });

  test("a call that is over is refused with its status", async () => {
    const context = newContext();
    const call = await accepted(context);
    await call.cancel();
    await expect(call.cancel()).rejects.toMatchObject({
      code: "CONFLICT",
      message: "the call is over: Canceled",
    });
  });

  test("another project's call is not there", async () => {
    const context = newContext();
    const { _id } = await accepted(context);
    const refs = [
      { projectId: "other", callLogId: _id },
      { projectId: PROJECT_ID, callLogId: "none" },
    ];
    for (const ref of refs) {
      await expect(cancelCall(context, ref)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(retryCall(context, ref)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("retryCall", () => {
  const incident = { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", title: "Down" };

  test("makes a new call log from the plan of the old one", async () => {
    const context = newContext();
    const request = { ...RETRIES, say: ASKS_FOR_4, tags: ["db"], incident, idempotencyKey: "k" };
    const call = await accepted(context, request);
    const old = await call.cancel();
    const { _id, repeated } = await retryCall(context, call.ref);
    expect({ isNew: _id !== call._id, repeated }).toEqual({ isNew: true, repeated: false });
    const { plan, toNumber, fromNumber, callData, tags, incidentId } = old;
    const kept = { plan, toNumber, fromNumber, callData, tags, incidentId, incident };
    expect(await context.calls.find(_id)).toMatchObject({
      ...kept,
      status: "Queued",
      retryOf: call._id,
      attempts: [{ _id: `${_id}-1`, state: "planned" }],
    });
    expect(await context.calls.find(_id)).not.toHaveProperty("idempotencyKey");
  });

  test("calls from another number of the project when the old one is not its own any more", async () => {
    const context = newContext();
    const call = await accepted(context, { fromNumber: "+15551112222" });
    await call.cancel();
    const first = await retryCall(context, call.ref);
    expect(await context.calls.find(first._id)).toMatchObject({ fromNumber: "+15551112222" });
    context.callerIds = { of: async ({ _id }) => [{ number: "+493012345678", owner: _id }] };
    expect(await retryCall(context, call.ref)).toMatchObject({ _id: first._id, repeated: true });
    const other = await accepted(context);
    await other.cancel();
    const again = await retryCall(context, other.ref);
    expect(await context.calls.find(again._id)).toMatchObject({ fromNumber: "+493012345678" });
  });

  test("is refused, and said so before, where the project has no number to call from", async () => {
    const context = newContext();
    const call = await accepted(context);
    await call.cancel();
    expect(await previewRetry(context, call.ref)).not.toHaveProperty("refusal");
    context.callerIds = { of: async () => [] };
    const message = expect.stringContaining("the project has no number to call from") as string;
    expect(await previewRetry(context, call.ref)).toMatchObject({ refusal: message });
    await expect(retryCall(context, call.ref)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message,
    });
  });

  test("asked twice, calls once", async () => {
    const context = newContext();
    const call = await accepted(context);
    await call.cancel();
    const first = await retryCall(context, call.ref);
    expect(await retryCall(context, call.ref)).toMatchObject({ _id: first._id, repeated: true });
  });

  test("is refused while the call is open or unknown", async () => {
    const context = newContext();
    const call = await accepted(context);
    await expect(retryCall(context, call.ref)).rejects.toMatchObject({
      code: "CONFLICT",
      message: "the call is not over yet: Queued",
    });
    context.primary.answer = () => ({ kind: "unknown", reason: "HTTP 503" });
    await call.dispatch();
    await expect(retryCall(context, call.ref)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("unknown"),
    });
  });

  test("is refused for a sensitive call, whose text is gone", async () => {
    const context = newContext();
    const call = await accepted(context, { sensitive: true });
    expect((await call.cancel()).plan.steps).toEqual([]);
    await expect(retryCall(context, call.ref)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("deleted"),
    });
  });
});
