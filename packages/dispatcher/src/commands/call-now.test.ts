import type { Acting, CallRecord, CallRequestInput, Project } from "@call-log/model";
import { type WaitReason, WAIT_REASONS } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { sweep } from "../maintenance/sweep.ts";
import { recordEvent } from "../record/record-event.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { callNow } from "./call-now.ts";
import { cancelCall } from "./cancel-call.ts";

const newContext = useStoreContext(freshDatabase);
const NIGHT = { from: "22:00", to: "07:00", timeZone: "Europe/London" };
const acting: Acting = { actor: { kind: "key", id: "k1", name: "Pager" } };
const REASON = "The customer asked to be called tonight";

async function waiting(
  context: TestContext,
  request: Partial<CallRequestInput> = {},
  dispatches = true,
) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  const ref = { projectId: PROJECT_ID, callLogId: _id, acting };
  const dispatch = (attemptNumber = 1) => dispatchAttempt(context, { ...ref, attemptNumber });
  if (dispatches) await dispatch();
  return {
    _id,
    ref,
    dispatch,
    now: () => callNow(context, ref, REASON),
    read: async () => (await context.calls.find(_id)) as CallRecord,
  };
}

/** A call that waits for each reason. */
const WAITING: Record<
  WaitReason,
  () => Promise<{ context: TestContext; call: Awaited<ReturnType<typeof waiting>> }>
> = {
  scheduled: async () => {
    const context = newContext();
    const scheduledAt = secondsAfter(START, 3600).toISOString();
    return { context, call: await waiting(context, { scheduledAt }) };
  },
  retry: async () => {
    const context = newContext();
    const retry = { maxAttempts: 2, backoff: { delaySeconds: 600 } };
    const call = await waiting(context, { retry });
    const event = { attemptId: `${call._id}-1`, provider: "first", source: "callback" } as const;
    const at = context.now().toISOString();
    const providerCallId = `first-${call._id}-1`;
    await recordEvent(context, { ...event, providerCallId, status: "busy", at });
    return { context, call };
  },
  "quiet-hours": () => held({ quietHours: NIGHT }),
  "callee-often": async () => {
    const context = newContext({ project: { calleeLimits: [{ calls: 1, seconds: 3600 }] } });
    await waiting(context);
    return { context, call: await waiting(context) };
  },
  "project-paused": () => held({ paused: { reason: "Drill", at: START } }),
  "provider-paused": async () => {
    const context = newContext();
    for (const name of ["first", "second"])
      await context.providerStates.pause(name, { by: "person", reason: "Drill" });
    return { context, call: await waiting(context) };
  },
  "from-number": async () => {
    const context = newContext({ chain: ["first"], project: { fromNumbers: ["+15551112222"] } });
    const refused = { projectId: PROJECT_ID, provider: "first", fromNumber: "+15551112222" };
    await context.numberRefusals.note({ ...refused, reason: "not verified" });
    return { context, call: await waiting(context) };
  },
  turn: async () => {
    const context = newContext({ env: { PROVIDER_CALLS_PER_SECOND: "1" } });
    context.limiter.take = async () => 20_000;
    return { context, call: await waiting(context) };
  },
};

async function held(project: Partial<Project>) {
  const context = newContext({ project });
  return { context, call: await waiting(context) };
}

const reasons = Object.keys(WAITING) as WaitReason[];

describe("call now", () => {
  test.each(reasons.filter((name) => WAIT_REASONS[name].callNow === true))(
    "passes %s: dialled at once, with who and why in the timeline",
    async (reason) => {
      const { context, call } = await WAITING[reason]();
      const before = await call.read();
      expect(before.waitsFor).toBe(reason);
      const placed = context.primary.orders.length;
      expect(await call.now()).toMatchObject({ status: "Queued" });
      const record = await call.read();
      const attempt = record.attempts.at(-1)!;
      expect(record).not.toHaveProperty("waitsFor");
      expect(attempt.events.at(-1)).toEqual({
        at: context.now(),
        source: "worker",
        status: "call-now",
        late: false,
        by: acting.actor,
        reason: REASON,
      });
      expect(context.dispatches.at(-1)).toMatchObject({
        attemptId: attempt._id,
        delayMs: 0,
        isEarlier: true,
      });
      await call.dispatch(attempt.number);
      expect(context.primary.orders).toHaveLength(placed + 1);
      expect(await call.read()).toMatchObject({ status: "Dialing" });
    },
  );

  test.each(reasons.filter((name) => WAIT_REASONS[name].callNow !== true))(
    "does not pass %s, and says what would end the wait",
    async (reason) => {
      const { context, call } = await WAITING[reason]();
      const before = await call.read();
      expect(before.waitsFor).toBe(reason);
      await expect(call.now()).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining(String(WAIT_REASONS[reason].callNow)),
      });
      expect(await call.read()).toEqual(before);
      expect(context.primary.orders).toEqual([]);
    },
  );

  test("pressed twice, also at once and after it is dialled, is one call and one line", async () => {
    const { context, call } = await WAITING["quiet-hours"]();
    await Promise.all([call.now(), call.now()]);
    await call.now();
    await call.dispatch();
    expect(await call.now()).toMatchObject({ status: "Dialing" });
    const { attempts } = await call.read();
    expect(attempts).toHaveLength(1);
    expect(attempts[0]!.events.filter(({ status }) => status === "call-now")).toHaveLength(1);
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(1);
  });

  test("does not pass a number that must not be called, nor a budget", async () => {
    for (const [options, status] of [
      [{ blocked: ["+15559998888"] }, "Failed"],
      [
        { project: { quietHours: NIGHT, budget: { prepaidUSD: "0.01", reserveUSD: "0.1" } } },
        "Low Balance",
      ],
    ] as const) {
      const context = newContext({ project: { quietHours: NIGHT } });
      const call = await waiting(context);
      await call.now();
      const changed = newContext(options as object);
      const job = { projectId: PROJECT_ID, callLogId: call._id, attemptNumber: 1 };
      await dispatchAttempt(changed, job);
      expect(changed.primary.orders).toEqual([]);
      expect(await call.read()).toMatchObject({ status });
    }
  });

  test("waits on for a pause that comes after it, and then goes past the quiet hours", async () => {
    const { context, call } = await WAITING["quiet-hours"]();
    await call.now();
    for (const name of ["first", "second"])
      await context.providerStates.pause(name, { by: "person", reason: "Drill" });
    await call.dispatch();
    expect(await call.read()).toMatchObject({ waitsFor: "provider-paused" });
    for (const name of ["first", "second"]) await context.providerStates.resume(name);
    context.clock.advance(20);
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(1);
  });

  test("is for one attempt: the next one obeys the quiet hours again", async () => {
    const context = newContext({ project: { quietHours: NIGHT } });
    const call = await waiting(context, {
      retry: { maxAttempts: 2, backoff: { delaySeconds: 1 } },
    });
    await call.now();
    await call.dispatch();
    const event = { attemptId: `${call._id}-1`, provider: "first", source: "callback" } as const;
    const at = context.now().toISOString();
    const providerCallId = `first-${call._id}-1`;
    await recordEvent(context, { ...event, providerCallId, status: "busy", at });
    context.clock.advance(1);
    await call.dispatch(2);
    expect(await call.read()).toMatchObject({ waitsFor: "quiet-hours" });
  });

  test("counts as a call to that number", async () => {
    const { context, call } = await WAITING["callee-often"]();
    context.clock.advance(600);
    await call.now();
    await call.dispatch();
    context.clock.advance(3100);
    const next = await waiting(context);
    expect(await next.read()).toMatchObject({ waitsFor: "callee-often" });
  });

  test("is refused for a call that is over, dialled, of another project or past its deadline", async () => {
    const context = newContext();
    const call = await waiting(context);
    await expect(call.now()).rejects.toMatchObject({
      code: "CONFLICT",
      message: "the call does not wait: Dialing",
    });
    const over = await waiting(context, {}, false);
    await cancelCall(context, over.ref);
    await expect(over.now()).rejects.toMatchObject({ message: "the call is over: Canceled" });
    const other = callNow(context, { ...call.ref, projectId: "other" }, REASON);
    await expect(other).rejects.toMatchObject({ code: "NOT_FOUND" });
    const none = callNow(context, { ...call.ref, callLogId: "none" }, REASON);
    await expect(none).rejects.toMatchObject({ code: "NOT_FOUND" });
    const deadlineAt = secondsAfter(START, 60).toISOString();
    const late = await waiting(context, { deadlineAt }, false);
    context.clock.advance(60);
    await expect(late.now()).rejects.toMatchObject({
      message: expect.stringContaining("deadline"),
    });
    await sweep(context);
    expect(await late.read()).toMatchObject({ status: "Expired" });
  });
});
