import type { CallRecord, CallRequestInput } from "@call-log/model";
import { beforeSending, type PlaceResult } from "@call-log/provider";
import { freshDatabase, waitFor } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { cancelCall } from "../commands/cancel-call.ts";
import { sweep } from "../maintenance/sweep.ts";
import { recordEvent } from "../record/record-event.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";

const newContext = useStoreContext(freshDatabase);

async function accepted(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  const job = (attemptNumber: number) => ({ projectId: PROJECT_ID, callLogId: _id, attemptNumber });
  return {
    _id,
    dispatch: (attemptNumber = 1) => dispatchAttempt(context, job(attemptNumber)),
    read: async () => (await context.calls.find(_id)) as CallRecord,
  };
}

const throttled: PlaceResult = { kind: "rejected", errorClass: "throttled", errorMessage: "429" };

describe("dispatchAttempt", () => {
  test("claims, places and records", async () => {
    const context = newContext();
    const call = await accepted(context, { reachedWhen: "human", language: "de-DE" });
    expect(await call.dispatch()).toEqual({ kind: "done" });
    expect(context.primary.orders).toEqual([
      {
        attemptId: `${call._id}-1`,
        toNumber: "+15559998888",
        fromNumber: "+15551112222",
        steps: [{ say: "The database of shop.example is down." }],
        language: "de-DE",
        detectMachine: true,
      },
    ]);
    expect(await call.read()).toMatchObject({
      status: "Dialing",
      provider: "first",
      attemptCount: 1,
      attempts: [{ state: "accepted", providerCallId: `first-${call._id}-1`, workerId: "worker" }],
    });
  });

  test("racing workers dial once", async () => {
    const context = newContext();
    const call = await accepted(context);
    await Promise.all(Array.from({ length: 10 }, () => call.dispatch()));
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(1);
  });

  test("what is not due yet comes again later", async () => {
    const context = newContext();
    const at = secondsAfter(START, 30);
    const call = await accepted(context, { scheduledAt: at.toISOString() });
    expect(await call.dispatch()).toEqual({ kind: "later", at });
    context.clock.advance(30);
    expect(await call.dispatch()).toEqual({ kind: "done" });
    expect(context.primary.orders).toHaveLength(1);
  });

  test("nothing is dialled after its deadline", async () => {
    const context = newContext();
    const call = await accepted(context, { deadlineAt: secondsAfter(START, 60).toISOString() });
    context.clock.advance(60);
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
    expect(await call.read()).toMatchObject({ status: "Expired", pricing: "final" });
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test("a deadline that passes between the gates and the request ends the attempt unplaced, with the last reason", async () => {
    const context = newContext();
    const call = await accepted(context, { deadlineAt: secondsAfter(START, 60).toISOString() });
    const record = await call.read();
    await context.calls.replace({ ...record, statusMessage: "Waits: for its turn at first" });
    const { calls } = context;
    const claim: typeof calls.claim = async (wanted) => {
      const claimed = await calls.claim(wanted);
      context.clock.advance(60);
      return claimed;
    };
    const turns: string[] = [];
    const calleeTurns = {
      ...context.calleeTurns,
      giveBack: async ({ attemptId }: { attemptId: string }) => void turns.push(attemptId),
    };
    const slow = { ...context, calls: { ...calls, claim }, calleeTurns };
    await dispatchAttempt(slow, { projectId: PROJECT_ID, callLogId: call._id, attemptNumber: 1 });
    expect(context.primary.orders).toEqual([]);
    expect(turns).toEqual([`${call._id}-1`]);
    expect(await call.read()).toMatchObject({
      status: "Expired",
      statusMessage:
        "Its deadline passed before it could be dialled; it waited: for its turn at first",
      attemptCount: 0,
      callCostInUSDCents: 0,
      pricing: "final",
      attempts: [{ state: "rejected", outcome: "expired" }],
    });
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test("a deadline that passes before the claim is seen by the claim, and the sweeper ends the call", async () => {
    const context = newContext();
    const call = await accepted(context, { deadlineAt: secondsAfter(START, 60).toISOString() });
    const among = async () => {
      context.clock.advance(60);
      return new Set<string>();
    };
    const slow = { ...context, doNotCall: { ...context.doNotCall, among } };
    await dispatchAttempt(slow, { projectId: PROJECT_ID, callLogId: call._id, attemptNumber: 1 });
    expect(context.primary.orders).toEqual([]);
    await sweep(context);
    expect(await call.read()).toMatchObject({ status: "Expired" });
  });

  test("a canceled call is not dialled", async () => {
    const context = newContext();
    const call = await accepted(context);
    await cancelCall(context, { projectId: PROJECT_ID, callLogId: call._id });
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
  });

  test("jobs for what does not exist are done with", async () => {
    const context = newContext();
    const call = await accepted(context);
    expect(await call.dispatch(2)).toEqual({ kind: "done" });
    const job = { projectId: PROJECT_ID, callLogId: "nothing", attemptNumber: 1 };
    expect(await dispatchAttempt(context, job)).toEqual({ kind: "done" });
    const other = { projectId: "other", callLogId: call._id, attemptNumber: 1 };
    expect(await dispatchAttempt(context, other)).toEqual({ kind: "done" });
    expect(context.primary.orders).toEqual([]);
  });

  test("a refusal is tried again: the next provider takes it", async () => {
    const context = newContext();
    context.primary.answer = () => throttled;
    const call = await accepted(context);
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Queued",
      attempts: [{ state: "rejected" }, {}],
    });
    expect(context.dispatches.at(-1)).toMatchObject({ attemptId: `${call._id}-2`, delayMs: 0 });
    await call.dispatch(2);
    expect(context.spare.orders).toHaveLength(1);
    expect(await call.read()).toMatchObject({ provider: "second", status: "Dialing" });
  });

  test("a bad number ends the call at once", async () => {
    const context = newContext();
    context.primary.answer = () => ({
      kind: "rejected",
      errorClass: "destination",
      errorCode: "21211",
      errorMessage: "Not a valid number",
    });
    const call = await accepted(context, { retry: { maxAttempts: 5 } });
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: "The number cannot be called; Not a valid number",
      callCostInUSDCents: 0,
      pricing: "final",
    });
  });

  test("no provider that is set up: nothing is dialled, and it is tried again", async () => {
    const context = newContext({ chain: ["elsewhere"] });
    const call = await accepted(context);
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Scheduled",
      attempts: [{ outcome: "account" }, { dueAt: secondsAfter(START, 60) }],
    });
  });

  test("an answer that does not come in time is unknown; when it comes late, it is recorded", async () => {
    const context = newContext({ env: { PROVIDER_TIMEOUT_SECONDS: "0.02" } });
    let give: (result: PlaceResult) => void = () => {};
    context.primary.answer = () => new Promise((resolve) => (give = resolve));
    const call = await accepted(context);
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Unknown",
      attempts: [{ state: "unknown" }],
    });
    give({ kind: "accepted", providerCallId: "CA1", status: "queued" });
    const bound = await waitFor(async () => {
      const record = await call.read();
      return record.status === "Dialing" && record;
    });
    expect(bound.attempts[0]).toMatchObject({ state: "accepted", providerCallId: "CA1" });
  });

  test("an answer counts as late when it comes, not when its time is over", async () => {
    const context = newContext({ env: { PROVIDER_TIMEOUT_SECONDS: "0.02" } });
    let give: (result: PlaceResult) => void = () => {};
    context.primary.answer = () => new Promise((resolve) => (give = resolve));
    await (await accepted(context)).dispatch();
    expect(context.metrics.read().answersLate).toBe(0);
    give({ kind: "accepted", providerCallId: "CA1", status: "queued" });
    await waitFor(() => context.metrics.read().answersLate === 1);
  });

  test("an error in the provider's code before anything was sent fails the call, loud and counted", async () => {
    const context = newContext();
    context.primary.answer = () =>
      beforeSending(() => {
        throw new TypeError("+15559998888 is undefined");
      });
    const call = await accepted(context, { retry: { maxAttempts: 3 } });
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: expect.stringContaining("nothing was dialled") as string,
      attempts: [{ state: "rejected", outcome: "defect", errorClass: "defect" }],
      pricing: "final",
    });
    expect(context.metrics.read().defects).toBe(1);
    expect(context.logged()).toContain("TypeError");
    expect(context.logged()).not.toContain("+1555");
  });

  test("an error in our code before the claim fails the call, loud and counted", async () => {
    const context = newContext();
    context.callbackUrlsFor = () => {
      throw new RangeError("no address");
    };
    const call = await accepted(context);
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: expect.stringContaining("Our own code failed") as string,
    });
    expect(context.metrics.read().defects).toBe(1);
    expect(context.logged()).toContain("RangeError");
  });

  test("an error in the provider's code is unknown, never a second call", async () => {
    const context = newContext();
    context.primary.answer = () => {
      throw new TypeError("+15559998888 is undefined");
    };
    const call = await accepted(context);
    await call.dispatch();
    await call.dispatch();
    expect(await call.read()).toMatchObject({ status: "Unknown" });
    expect(context.primary.orders).toHaveLength(1);
    expect(context.logged()).toContain("TypeError");
    expect(context.logged()).not.toContain("+1555");
  });

  test("a callback that comes before the answer stands", async () => {
    const context = newContext();
    context.primary.answer = async ({ attemptId }) => {
      const event = { attemptId, provider: "first", providerCallId: "CA1" };
      const at = START.toISOString();
      await recordEvent(context, { ...event, source: "callback", status: "completed", at });
      return { kind: "accepted", providerCallId: "CA1", status: "queued" };
    };
    const call = await accepted(context);
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Completed",
      attempts: [{ state: "ended" }],
    });
  });

  test("a worker that was held up after its claim does not dial any more", async () => {
    const context = newContext();
    const { calls } = context;
    const call = await accepted(context);
    context.calls = {
      ...calls,
      claim: async (wanted) => {
        const claimed = await calls.claim(wanted);
        context.clock.advance(21);
        return claimed;
      },
    };
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
    expect((await call.read()).attempts).toMatchObject([
      { outcome: "throttled" },
      { state: "planned" },
    ]);
  });

  test("an acceptance that can't be written goes to the event queue as well", async () => {
    const context = newContext();
    const call = await accepted(context);
    const replace = () => Promise.reject(new Error("the database is away"));
    context.calls = { ...context.calls, replace };
    await expect(call.dispatch()).rejects.toThrow("the database is away");
    expect(context.events).toMatchObject([{ status: "accepted", attemptId: `${call._id}-1` }]);
  });
});
