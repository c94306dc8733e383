import { randomUUID } from "node:crypto";

import type { CallRecord, CallRequestInput } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { recordEvent } from "../record/record-event.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, ASKS_FOR_4, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { sweep } from "./sweep.ts";

const newContext = useStoreContext(freshDatabase);

async function accepted(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  return {
    _id,
    job: { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 },
    read: async () => (await context.calls.find(_id)) as CallRecord,
  };
}

/** A call whose attempt was claimed by a worker that then died; `placed` tells whether it had asked the provider. */
async function claimedByTheDead(
  context: TestContext,
  placed: boolean,
  request: Partial<CallRequestInput> = {},
) {
  const call = await accepted(context, request);
  const { calls } = context;
  const replace = () => Promise.reject(new Error("killed"));
  context.calls = { ...calls, replace };
  if (!placed) context.primary.answer = () => Promise.reject(new Error("killed"));
  await expect(dispatchAttempt(context, call.job)).rejects.toThrow("killed");
  context.calls = calls;
  expect(await call.read()).toMatchObject({
    status: "Dialing",
    attempts: [{ state: "submitting" }],
  });
  return call;
}

async function sweepAfter(context: TestContext, seconds: number) {
  context.clock.advance(seconds);
  return sweep(context);
}

describe("a lost job", () => {
  test("is added again, less often the longer the call waits", async () => {
    const context = newContext();
    const call = await accepted(context);
    context.dispatches.length = 0;
    await sweepAfter(context, 29);
    expect(context.dispatches).toEqual([]);
    await sweepAfter(context, 1);
    expect(context.dispatches).toMatchObject([{ attemptId: `${call._id}-1`, delayMs: 0 }]);
    expect((await call.read()).wakeAt).toEqual(secondsAfter(context.now(), 30));
    await sweepAfter(context, 4000);
    expect((await call.read()).wakeAt).toEqual(secondsAfter(context.now(), 600));
  });

  test("a call for later gets its job in its last minute, with the exact delay", async () => {
    const context = newContext();
    await accepted(context, { scheduledAt: secondsAfter(START, 600).toISOString() });
    await sweepAfter(context, 539);
    expect(context.dispatches).toEqual([]);
    await sweepAfter(context, 11);
    expect(context.dispatches).toMatchObject([{ delayMs: 50_000 }]);
  });

  test("a call past its deadline expires instead", async () => {
    const context = newContext();
    const call = await accepted(context, { deadlineAt: secondsAfter(START, 10).toISOString() });
    await sweepAfter(context, 10);
    expect(await call.read()).toMatchObject({ status: "Expired" });
    expect(await context.calls.findDue(secondsAfter(START, 1e9), 10)).toEqual([]);
  });
});

describe("a backlog", () => {
  /** Queued calls of a project whose jobs were lost, so many seconds before now. */
  async function overdue(
    context: TestContext,
    { projectId, count, seconds }: { projectId: string; count: number; seconds: number },
  ) {
    const [sample] = await context.calls.findDue(secondsAfter(START, 1e9), 1);
    for (let number = 0; number < count; number += 1) {
      const [attempt] = sample!.attempts;
      const _id = randomUUID();
      const wakeAt = secondsAfter(context.now(), -seconds);
      const attempts = [{ ...attempt!, _id: `${_id}-1` }];
      await context.calls.insert({ ...sample!, _id, projectId, wakeAt, attempts });
    }
  }

  test("of one project lets the calls of the others have their turn", async () => {
    const context = newContext({ env: { SWEEP_BATCH: "10" } });
    await accepted(context);
    await overdue(context, { projectId: "b-loud", count: 60, seconds: 900 });
    await overdue(context, { projectId: "c-quiet", count: 1, seconds: 1 });
    context.dispatches.length = 0;
    await sweep(context);
    const order = context.dispatches.map(({ job }) => job.projectId);
    expect(order).toHaveLength(61);
    expect(order.indexOf("c-quiet")).toBe(10);
  });
});

describe("a call that the provider keeps in its queue", () => {
  async function queued(status: "queued" | "ringing") {
    const context = newContext();
    const deadlineAt = secondsAfter(START, 45).toISOString();
    const call = await accepted(context, { deadlineAt, retry: { maxAttempts: 3 } });
    await dispatchAttempt(context, call.job);
    const [[id, snapshot] = ["", undefined]] = context.primary.calls;
    context.primary.calls.set(id, { ...snapshot!, status });
    await sweepAfter(context, 44);
    expect(await call.read()).toMatchObject({ status: "Dialing" });
    await sweepAfter(context, 1);
    return call;
  }

  test("is ended there at its deadline, never dialled late", async () => {
    const call = await queued("queued");
    expect(await call.read()).toMatchObject({
      status: "Canceled",
      statusMessage: "Canceled; the deadline ended the attempts",
      pricing: "final",
      attempts: [{ state: "ended", outcome: "canceled" }],
    });
  });

  test("goes on when it rings already", async () => {
    const call = await queued("ringing");
    expect(await call.read()).toMatchObject({ status: "Ringing" });
  });
});

describe("an attempt without an answer", () => {
  test("becomes unknown after the claim's deadline, and is never dialled again", async () => {
    const context = newContext();
    const call = await claimedByTheDead(context, true);
    context.primary.isAway = true;
    await sweepAfter(context, 29);
    expect(await call.read()).toMatchObject({ status: "Dialing" });
    await sweepAfter(context, 1);
    expect(await call.read()).toMatchObject({
      status: "Unknown",
      attempts: [{ state: "unknown" }],
    });
    await dispatchAttempt(context, call.job);
    expect(context.primary.orders).toHaveLength(1);
  });

  test("is bound to its call at the provider", async () => {
    const context = newContext();
    const call = await claimedByTheDead(context, true);
    await sweepAfter(context, 30);
    await sweepAfter(context, 15);
    expect(await call.read()).toMatchObject({
      status: "Dialing",
      attempts: [{ state: "accepted", providerCallId: `first-${call._id}-1` }],
    });
    const { events } = (await call.read()).attempts[0]!;
    expect(events.map(({ status }) => status)).toEqual([
      "submitting",
      "unknown",
      "bound",
      "queued",
    ]);
  });

  test("is left to a person when several calls may be the one", async () => {
    const context = newContext();
    const call = await claimedByTheDead(context, true);
    const [snapshot] = context.primary.calls.values();
    context.primary.calls.set("twin", { ...snapshot!, providerCallId: "twin" });
    await sweepAfter(context, 30);
    await sweepAfter(context, 300);
    expect(await call.read()).toMatchObject({
      status: "Unknown",
      statusMessage: expect.stringContaining("More than one call"),
    });
  });

  test("is bound to the one of several that the provider's log names", async () => {
    const context = newContext();
    const call = await claimedByTheDead(context, true);
    const [snapshot] = context.primary.calls.values();
    context.primary.calls.set("twin", { ...snapshot!, providerCallId: "twin" });
    await sweepAfter(context, 30);
    await sweepAfter(context, 300);
    const names: Record<string, string> = { twin: `${call._id}-1` };
    context.primary.findLabel = async (providerCallId) => names[providerCallId] ?? "another-1";
    await sweepAfter(context, 600);
    expect(await call.read()).toMatchObject({ attempts: [{ providerCallId: "twin" }] });
  });

  test("is held when the provider shows nothing, and still looked for", async () => {
    const context = newContext();
    const call = await claimedByTheDead(context, false);
    await sweepAfter(context, 30);
    await sweepAfter(context, 89);
    expect((await call.read()).statusMessage).not.toContain("held");
    await sweepAfter(context, 60);
    const held = await call.read();
    expect(held).toMatchObject({
      status: "Unknown",
      statusMessage: expect.stringContaining("held"),
    });
    expect(held.wakeAt!.getTime()).toBeGreaterThan(context.now().getTime());
    expect(context.primary.orders).toHaveLength(1);
  });

  test("is called again where the request wants that, as an attempt that counts", async () => {
    const context = newContext();
    const retry = { maxAttempts: 2, backoff: { delaySeconds: 0 } };
    const call = await claimedByTheDead(context, false, { onUnknown: "retry", retry });
    await sweepAfter(context, 30);
    await sweepAfter(context, 120);
    expect(await call.read()).toMatchObject({
      status: "Queued",
      attempts: [
        { state: "unknown", outcome: "lost" },
        { state: "planned", provider: "first" },
      ],
    });
    expect(context.dispatches.at(-1)).toMatchObject({ attemptId: `${call._id}-2` });
    await sweepAfter(context, 3000);
    await sweepAfter(context, 3000);
    const { attempts } = await call.read();
    expect(attempts[0]!.events.filter(({ status }) => status === "lost")).toHaveLength(1);
    expect(attempts).toHaveLength(2);
  });

  test("waits while the provider can't be asked, however long", async () => {
    const context = newContext();
    const retry = { maxAttempts: 2, backoff: { delaySeconds: 0 } };
    const call = await claimedByTheDead(context, false, { onUnknown: "retry", retry });
    context.primary.isAway = true;
    await sweepAfter(context, 30);
    const result = await sweepAfter(context, 5000);
    expect(result).toEqual({ swept: 1, failed: 1 });
    const waiting = await call.read();
    expect(waiting).toMatchObject({ status: "Unknown", attempts: [{ state: "unknown" }] });
    expect(waiting.wakeAt!.getTime()).toBeGreaterThan(context.now().getTime());
  });
});

describe("a call without news", () => {
  test("is asked for, and goes only forward", async () => {
    const context = newContext();
    const call = await accepted(context);
    await dispatchAttempt(context, call.job);
    const [id, snapshot] = [...context.primary.calls][0]!;
    const answeredAt = secondsAfter(START, 5);
    context.primary.calls.set(id, { ...snapshot, status: "in-progress", answeredAt });
    await sweepAfter(context, 60);
    expect(await call.read()).toMatchObject({ status: "In Progress", attempts: [{ answeredAt }] });
    context.primary.calls.set(id, { ...snapshot, status: "ringing" });
    await sweepAfter(context, 60);
    expect(await call.read()).toMatchObject({ status: "In Progress" });
    const price = { amount: "-0.0130", currency: "USD" };
    const endedAt = secondsAfter(START, 70);
    context.primary.calls.set(id, { ...snapshot, status: "completed", endedAt, price });
    await sweepAfter(context, 60);
    expect(await call.read()).toMatchObject({
      status: "Completed",
      callCostInUSDCents: 1.3,
      pricing: "final",
      attempts: [{ endedAt }],
    });
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test("that the provider does not know any more ends after a day", async () => {
    const context = newContext();
    const call = await accepted(context);
    await dispatchAttempt(context, call.job);
    context.primary.calls.clear();
    await sweepAfter(context, 60);
    expect(await call.read()).toMatchObject({ status: "Dialing" });
    await sweepAfter(context, 90_000);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: "The call failed on its way; the provider no longer knows this call",
    });
  });
});

test("a call that waits for late digits is decided", async () => {
  const context = newContext();
  const call = await accepted(context, { say: ASKS_FOR_4, reachedWhen: "acknowledged" });
  await dispatchAttempt(context, call.job);
  await recordEvent(context, {
    attemptId: `${call._id}-1`,
    provider: "first",
    source: "callback",
    status: "completed",
    at: START.toISOString(),
  });
  expect(await call.read()).toMatchObject({ wakeAt: secondsAfter(START, 3) });
  await sweepAfter(context, 3);
  expect(await call.read()).toMatchObject({ status: "Not Reached" });
});

describe("a price", () => {
  async function completed(context: TestContext) {
    const call = await accepted(context);
    await dispatchAttempt(context, call.job);
    const [id, snapshot] = [...context.primary.calls][0]!;
    context.primary.calls.set(id, { ...snapshot, status: "completed", endedAt: START });
    const event = { attemptId: `${call._id}-1`, provider: "first", source: "callback" } as const;
    await recordEvent(context, { ...event, status: "completed", at: START.toISOString() });
    const tell = (amount: string, currency = "USD") =>
      context.primary.calls.set(id, {
        ...snapshot,
        status: "completed",
        price: { amount, currency },
      });
    return { ...call, tell };
  }

  test("is asked for after 1 min, 10 min, 1 h and 24 h, then estimated", async () => {
    const context = newContext();
    const call = await completed(context);
    for (const [index, seconds] of [60, 600, 3600, 86_400].entries()) {
      expect(await call.read()).toMatchObject({
        pricing: "pending",
        wakeAt: secondsAfter(START, seconds),
      });
      context.clock.time = secondsAfter(START, seconds);
      await sweep(context);
      expect((await call.read()).attempts[0]?.pricePolls).toBe(index + 1);
    }
    expect(await call.read()).toMatchObject({ pricing: "estimated", callCostInUSDCents: 0 });
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test("that comes late is recorded exactly", async () => {
    const context = newContext();
    const call = await completed(context);
    await sweepAfter(context, 60);
    call.tell("-0.01300");
    await sweepAfter(context, 540);
    expect(await call.read()).toMatchObject({
      pricing: "final",
      callCostInUSDCents: 1.3,
      attempts: [{ price: { amount: "-0.01300", currency: "USD" }, costInMicroUSD: 13_000 }],
    });
  });

  test("in another currency is kept as given, and not added up", async () => {
    const context = newContext();
    const call = await completed(context);
    call.tell("-0.02", "EUR");
    await sweepAfter(context, 60);
    expect(await call.read()).toMatchObject({
      pricing: "incomplete",
      callCostInUSDCents: 0,
      attempts: [{ price: { amount: "-0.02", currency: "EUR" } }],
    });
  });

  test("is asked for later when the provider is away, and that does not count", async () => {
    const context = newContext();
    const call = await completed(context);
    context.primary.isAway = true;
    await sweepAfter(context, 60);
    expect((await call.read()).attempts[0]).not.toHaveProperty("pricePolls");
    expect((await call.read()).wakeAt).toEqual(secondsAfter(context.now(), 60));
  });
});

describe("many due calls", () => {
  test("are all worked on, whatever the size of a batch; a failing one does not stop the others", async () => {
    const context = newContext({ env: { SWEEP_BATCH: "3" } });
    const many = await Promise.all(Array.from({ length: 10 }, () => accepted(context)));
    context.dispatches.length = 0;
    const { calls } = context;
    const broken = many[4]!._id;
    context.calls = {
      ...calls,
      find: (id, projectId) =>
        id === broken ? Promise.reject(new Error("+15559998888")) : calls.find(id, projectId),
    };
    expect(await sweepAfter(context, 30)).toEqual({ swept: 10, failed: 1 });
    expect(context.dispatches).toHaveLength(10);
    expect(context.logged()).toContain(broken);
    expect(context.logged()).not.toContain("+1555");
  });

  test("two sweepers at once do no harm", async () => {
    const context = newContext();
    const call = await claimedByTheDead(context, true);
    context.clock.advance(30);
    await Promise.all([sweep(context), sweep(context), sweep(context)]);
    context.clock.advance(15);
    await Promise.all([sweep(context), sweep(context), sweep(context)]);
    const { attempts } = await call.read();
    expect(attempts).toMatchObject([{ state: "accepted" }]);
    expect(attempts[0]!.events.filter(({ status }) => status === "bound")).toHaveLength(1);
    expect(context.primary.orders).toHaveLength(1);
  });
});
