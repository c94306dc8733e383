import type { CallRecord, CallRequestInput, ProviderEvent } from "@call-log/model";
import type { Provider } from "@call-log/provider";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, ASKS_FOR_4, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { sweep } from "./sweep.ts";

const newContext = useStoreContext(freshDatabase);

const ENDED_AT = secondsAfter(START, 40);
const PRESSED_AT = secondsAfter(START, 20);
const ASKED_LATER = { pricing: "final" as const };

/** A call that was answered and has ended while nobody took callbacks; only look-ups report it. */
async function missed(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, {
    projectId: PROJECT_ID,
    request: aRequest({ say: ASKS_FOR_4, reachedWhen: "acknowledged", ...request }),
  });
  await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
  const attemptId = `${_id}-1`;
  const providerCallId = `first-${attemptId}`;
  end(context, providerCallId);
  const read = async () => (await context.calls.find(_id)) as CallRecord;
  const tell = (...events: Partial<ProviderEvent>[]) =>
    context.primary.records.set(
      providerCallId,
      events.map((event) => ({
        attemptId,
        provider: "first",
        providerCallId,
        source: "record",
        status: "digits",
        at: PRESSED_AT.toISOString(),
        ...event,
      })),
    );
  return { _id, attemptId, providerCallId, read, tell };
}

function end(context: TestContext, providerCallId: string, status = "completed" as const) {
  const snapshot = context.primary.calls.get(providerCallId)!;
  const price = { amount: "-0.01300", currency: "USD" };
  context.primary.calls.set(providerCallId, { ...snapshot, status, endedAt: ENDED_AT, price });
}

async function sweepAt(context: TestContext, seconds: number) {
  context.clock.time = secondsAfter(START, seconds);
  await sweep(context);
}

describe("a digit that nobody took when it was pressed", () => {
  test("acknowledges a call whose status is final: the status stays, and says what was learnt when", async () => {
    const context = newContext();
    const call = await missed(context);
    for (const seconds of [60, 70]) await sweepAt(context, seconds);
    const before = await call.read();
    expect(before).toMatchObject({ status: "Not Reached", wakeAt: secondsAfter(ENDED_AT, 960) });
    call.tell({ digits: "4", step: 0 });
    await sweepAt(context, 999);
    expect(await call.read()).toEqual(before);
    await sweepAt(context, 1000);
    const after = await call.read();
    expect(after).toMatchObject({
      status: "Not Reached",
      acknowledgedAt: PRESSED_AT,
      attempts: [{ digits: "4", acknowledgedAt: PRESSED_AT, recordReadAt: context.now() }],
      callCostInUSDCents: before.callCostInUSDCents,
      ...ASKED_LATER,
    });
    expect(after.statusMessage).toBe(
      `${before.statusMessage}; acknowledged at ${PRESSED_AT.toISOString()}, ` +
        `learnt at ${context.now().toISOString()} from the provider's record`,
    );
    expect(after.attempts[0]!.events.at(-1)).toMatchObject({
      source: "record",
      status: "digits",
      at: PRESSED_AT,
      learntAt: context.now(),
      late: true,
    });
    expect(after).not.toHaveProperty("wakeAt");
    expect(after.updatedAt > before.updatedAt).toBe(true);
    expect(context.logged()).toContain("learnt late");
  });

  test("ends retries that are under way as Completed, and nobody is called again", async () => {
    const context = newContext();
    const retry = { maxAttempts: 2, backoff: { type: "fixed", delaySeconds: 3600 } } as const;
    const call = await missed(context, { retry });
    for (const seconds of [60, 70]) await sweepAt(context, seconds);
    expect(await call.read()).toMatchObject({ status: "Scheduled", attempts: [{}, { number: 2 }] });
    call.tell({ digits: "4", step: 0 });
    await sweepAt(context, 1000);
    const after = await call.read();
    expect(after).toMatchObject({
      status: "Completed",
      acknowledgedAt: PRESSED_AT,
      attempts: [{ outcome: "reached" }, { state: "ended", outcome: "canceled" }],
    });
    expect(after.statusMessage).toContain(`acknowledged at ${PRESSED_AT.toISOString()}, learnt at`);
    await sweepAt(context, 9000);
    expect(context.primary.orders).toHaveLength(1);
  });

  test("that does not acknowledge is filled in and changes nothing else", async () => {
    const context = newContext();
    const call = await missed(context);
    call.tell({ digits: "9", step: 0 });
    for (const seconds of [60, 70]) await sweepAt(context, seconds);
    const { statusMessage } = await call.read();
    await sweepAt(context, 1000);
    const after = await call.read();
    expect(after).toMatchObject({
      status: "Not Reached",
      statusMessage,
      attempts: [{ digits: "9" }],
    });
    expect(after).not.toHaveProperty("acknowledgedAt");
  });
});

describe("the record of a provider", () => {
  test("is read once, and what is known is not recorded again", async () => {
    const context = newContext();
    const call = await missed(context);
    call.tell({ status: "completed", at: ENDED_AT.toISOString() }, { digits: "4", step: 0 });
    for (const seconds of [60, 70, 1000]) await sweepAt(context, seconds);
    const after = await call.read();
    const statuses = after.attempts[0]!.events.map(({ status }) => status);
    expect(statuses.filter((status) => status === "completed")).toHaveLength(1);
    await sweepAt(context, 200_000);
    expect(await call.read()).toEqual(after);
  });

  test("that is not there yet is asked for again, so often as the setting says", async () => {
    const context = newContext();
    const call = await missed(context);
    for (const seconds of [60, 70, 1000]) await sweepAt(context, seconds);
    expect(await call.read()).toMatchObject({
      attempts: [{ recordPolls: 1 }],
      wakeAt: secondsAfter(ENDED_AT, 3600),
    });
    await sweepAt(context, 3640);
    await sweepAt(context, 86_440);
    const after = await call.read();
    expect(after).toMatchObject({ attempts: [{ recordPolls: 3 }] });
    expect(after).not.toHaveProperty("wakeAt");
  });

  test("that can't be asked costs no poll, and is asked for 30 days, ever less often", async () => {
    const context = newContext();
    const call = await missed(context);
    for (const seconds of [60, 70]) await sweepAt(context, seconds);
    context.primary.isAway = true;
    await sweepAt(context, 1000);
    expect((await call.read()).attempts[0]).not.toHaveProperty("recordPolls");
    await sweepAt(context, 90_000);
    expect(await call.read()).toMatchObject({ wakeAt: secondsAfter(context.now(), 600) });
    await sweepAt(context, 31 * 86_400);
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test("is not asked for where the provider keeps none", async () => {
    const context = newContext();
    const without = Object.entries(context.primary).filter(([name]) => name !== "fetchRecord");
    const first = Object.fromEntries(without) as unknown as Provider;
    context.providers = { ...context.providers, first };
    const call = await missed(context);
    for (const seconds of [60, 70, 1000]) await sweepAt(context, seconds);
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test.each([
    ["a call without a question", { say: "Down", reachedWhen: "answered" }],
    ["a sensitive call, whose question is deleted with its end", { sensitive: true }],
  ] as const)("is not asked for about %s", async (_what, request) => {
    const context = newContext();
    const call = await missed(context, request);
    for (const seconds of [60, 70]) await sweepAt(context, seconds);
    expect(await call.read()).not.toHaveProperty("wakeAt");
  });

  test("tells the SIP code of an end that was found by looking", async () => {
    const context = newContext();
    const call = await missed(context, { retry: { maxAttempts: 1 } });
    end(context, call.providerCallId, "failed" as never);
    call.tell({ status: "failed", sequence: 3, sipResponseCode: 503, at: ENDED_AT.toISOString() });
    for (const seconds of [60, 70]) await sweepAt(context, seconds);
    expect(await call.read()).toMatchObject({ status: "Failed" });
    await sweepAt(context, 1000);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      attempts: [{ sipResponseCode: 503, recordReadAt: context.now() }],
    });
  });
});
