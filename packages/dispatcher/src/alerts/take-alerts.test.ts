import type { CallRecord } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test, vi } from "vitest";

import { cancelCall } from "../commands/cancel-call.ts";
import { retryCall } from "../commands/retry-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { pollAttempt } from "../maintenance/poll-attempt.ts";
import { recordEvent } from "../record/record-event.ts";
import { PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { previewAlerts } from "./preview-alerts.ts";
import { takeAlerts } from "./take-alerts.ts";
import { aSource, bodyOf } from "./testing/a-source.ts";

const newContext = useStoreContext(freshDatabase);

const RETRIES = { maxAttempts: 3, backoff: { delaySeconds: 600 } };
const SOURCE = aSource({ kind: "pagerduty", rule: { to: "+15559998888", retry: RETRIES } });

const event = (action: string, dedupKey = "db") => ({
  event_action: action,
  dedup_key: dedupKey,
  payload: { summary: "Database down", severity: "critical", source: "db-1" },
});

async function fired(context: TestContext, source = SOURCE) {
  const { answers } = await takeAlerts(context, source, event("trigger"));
  const [{ callLogId = "" } = {}] = answers;
  return {
    callLogId,
    send: (action: string) => takeAlerts(context, source, event(action)),
    dispatch: () =>
      dispatchAttempt(context, { projectId: PROJECT_ID, callLogId, attemptNumber: 1 }),
    happens: (
      status: "ringing" | "in-progress" | "completed" | "busy" | "digits",
      digits?: string,
    ) => {
      const providerCallId = `first-${callLogId}-1`;
      const call = context.primary.calls.get(providerCallId)!;
      if (status !== "digits") context.primary.calls.set(providerCallId, { ...call, status });
      return recordEvent(context, {
        attemptId: `${callLogId}-1`,
        provider: "first",
        providerCallId,
        source: "callback",
        status,
        at: context.now().toISOString(),
        ...(digits !== undefined && { digits }),
      });
    },
    read: async () => (await context.calls.find(callLogId)) as CallRecord,
  };
}

const CANCEL_STEP = expect.objectContaining({ source: "worker", status: "canceled" });

const only = (result: string) => [expect.objectContaining({ index: 0, result })];

describe("a notification", () => {
  test("of Alertmanager: each alert is a call of its own, sent again it is the same", async () => {
    const context = newContext();
    const source = aSource();
    const first = await takeAlerts(context, source, bodyOf("alertmanager"));
    expect(first).toMatchObject({
      isWorthRepeating: false,
      counts: { called: 2, repeated: 0, canceled: 0, ignored: 1, refused: 0 },
      answers: [
        { index: 0, result: "called", fingerprint: "c0f5a1d84b1e37a2" },
        { index: 1, result: "called" },
        { index: 2, result: "ignored", reason: "resolved; no call is open for it" },
      ],
    });
    const body = bodyOf("alertmanager");
    const [alert] = body["alerts"] as Record<string, unknown>[];
    const other = { ...alert, annotations: { summary: "Down for 5 minutes now" } };
    const again = await takeAlerts(context, source, { ...body, alerts: [other] });
    expect(again.answers).toMatchObject([
      { result: "repeated", callLogId: first.answers[0]?.callLogId },
    ]);
    expect(await context.calls.find(first.answers[0]!.callLogId!)).toMatchObject({
      callData: { message: expect.stringContaining("PostgreSQL on db-1") },
      alertOrigin: { fingerprint: "c0f5a1d84b1e37a2", sourceUrl: body["externalURL"] },
      tags: ["alertmanager", "Monitoring"],
    });
  });

  test("of a real Alertmanager: what fires is called for, what is resolved is canceled", async () => {
    const context = newContext();
    const source = aSource();
    const first = await takeAlerts(context, source, bodyOf("alertmanager-0.25-firing"));
    expect(first).toMatchObject({ truncated: 1, counts: { called: 2 } });
    const second = await takeAlerts(context, source, bodyOf("alertmanager-0.25-resolved"));
    expect(second.answers).toMatchObject([
      { result: "canceled", callLogId: first.answers[0]?.callLogId },
      { result: "repeated", callLogId: first.answers[1]?.callLogId },
    ]);
  });

  test("a pair that sends the same at a time places one call", async () => {
    const context = newContext();
    const [a, b] = await Promise.all([fired(context), fired(context)]);
    expect(a.callLogId).toBe(b.callLogId);
  });

  test("what the project may not call is refused with its reason, and the others are taken", async () => {
    const context = newContext({ blocked: ["+15559998887"] });
    const toByLabel = { label: "job", numbers: [{ is: "postgres", to: "+15559998887" }] };
    const source = aSource({ rule: { to: "+15559998888", toByLabel } });
    const { answers, counts } = await takeAlerts(context, source, bodyOf("alertmanager"));
    expect(counts).toMatchObject({ called: 1, refused: 1, ignored: 1 });
    expect(answers[0]).toMatchObject({
      result: "refused",
      reason: "toNumber: is on the project's do-not-call list",
    });
  });

  test("what the database can't take is worth sending again, and then is one call", async () => {
    const context = newContext();
    vi.spyOn(context.calls, "insertMany").mockRejectedValueOnce(new Error("away"));
    const first = await takeAlerts(context, SOURCE, event("trigger"));
    expect(first).toMatchObject({ isWorthRepeating: true, counts: { refused: 1 } });
    const second = await takeAlerts(context, SOURCE, event("trigger"));
    expect(second.answers).toEqual(only("called"));
  });

  test("a dry run shows the calls and their refusals, and does nothing", async () => {
    const context = newContext({ blocked: ["+15559998888"] });
    expect(await previewAlerts(context, aSource(), bodyOf("alertmanager"))).toMatchObject([
      { action: "cancel", indexes: [2] },
      { action: "refuse", reason: "toNumber: is on the project's do-not-call list", request: {} },
      { action: "refuse" },
    ]);
    expect(await context.calls.findDue(new Date("2126-01-01"), 10)).toEqual([]);
  });
});

describe("an alert that is resolved", () => {
  test("cancels the call that waits, and says so", async () => {
    const context = newContext();
    const call = await fired(context);
    expect((await call.send("resolve")).answers).toMatchObject([
      {
        result: "canceled",
        callLogId: call.callLogId,
        reason: "resolved at the source; its call was canceled",
      },
    ]);
    expect(await call.read()).toMatchObject({
      status: "Canceled",
      statusMessage: "Canceled: its alert was resolved at the source",
      alertOrigin: { resolvedAt: context.now(), stoppedAt: context.now() },
      attempts: [{ events: [{ status: "canceled", reason: "resolved at the source" }] }],
    });
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
    expect((await call.send("resolve")).answers).toEqual(only("ignored"));
  });

  test("cancels the next attempt of one that was not reached", async () => {
    const context = newContext();
    const call = await fired(context);
    await call.dispatch();
    await call.happens("busy");
    expect(await call.read()).toMatchObject({ status: "Scheduled", attempts: [{}, {}] });
    expect((await call.send("resolve")).answers).toEqual(only("canceled"));
    expect(await call.read()).toMatchObject({ status: "Canceled" });
  });

  test("ends one that rings at the provider", async () => {
    const context = newContext();
    const call = await fired(context);
    await call.dispatch();
    await call.happens("ringing");
    expect((await call.send("resolve")).answers).toEqual(only("canceled"));
    expect(await call.read()).toMatchObject({
      status: "Canceled",
      statusMessage: "Canceled; its alert ended at the source",
      attempts: [{ outcome: "canceled" }],
    });
  });

  test("ends one that is being handed over as soon as the provider has taken it", async () => {
    const context = newContext();
    const call = await fired(context);
    const { answer } = context.primary;
    let reason: string | undefined;
    context.primary.answer = async (order) => {
      const taken = await call.send("resolve");
      reason = taken.answers[0]?.reason;
      return answer(order);
    };
    await call.dispatch();
    expect(reason).toBe(
      "resolved at the source; its call is ended as soon as the provider is known to have it",
    );
    expect(context.primary.calls.get(`first-${call.callLogId}-1`)?.status).toBe("canceled");
    expect(await call.read()).toMatchObject({
      status: "Canceled",
      attempts: [{ outcome: "canceled", events: expect.arrayContaining([CANCEL_STEP]) }],
    });
  });

  test("ends one whose answer was lost when it is found, unless somebody has answered it", async () => {
    for (const [status, ended] of [
      ["ringing", "canceled"],
      ["in-progress", "in-progress"],
    ] as const) {
      const context = newContext();
      const call = await fired(context, aSource({ kind: "pagerduty", name: status }));
      const { answer } = context.primary;
      context.primary.answer = async (order) => {
        await answer(order);
        return { kind: "unknown", reason: "no answer" };
      };
      await call.dispatch();
      const id = `first-${call.callLogId}-1`;
      context.primary.calls.set(id, { ...context.primary.calls.get(id)!, status });
      expect((await call.send("resolve")).answers).toEqual(only("canceled"));
      const [attempt] = (await call.read()).attempts;
      await pollAttempt(context, await call.read(), { ...attempt!, providerCallId: id });
      expect(context.primary.calls.get(id)?.status).toBe(ended);
      await newContext.empty();
    }
  });

  test("leaves one that is answered to its end, and calls no more", async () => {
    const context = newContext();
    const call = await fired(context);
    await call.dispatch();
    await call.happens("in-progress");
    expect((await call.send("resolve")).answers).toMatchObject([
      { reason: "resolved at the source; its call goes on, and no attempt follows" },
    ]);
    expect(context.primary.calls.get(`first-${call.callLogId}-1`)?.status).toBe("in-progress");
    await call.happens("completed");
    context.clock.advance(600);
    await recordEvent(context, {
      attemptId: `${call.callLogId}-1`,
      provider: "first",
      providerCallId: `first-${call.callLogId}-1`,
      source: "poll",
      status: "completed",
      at: context.now().toISOString(),
    });
    expect((await call.read()).attempts).toHaveLength(1);
  });

  test("never cancels one that was acknowledged", async () => {
    const context = newContext();
    const call = await fired(context);
    await call.dispatch();
    await call.happens("in-progress");
    await call.happens("digits", "4");
    const before = await call.read();
    expect(before.acknowledgedAt).toBeDefined();
    expect((await call.send("resolve")).answers).toMatchObject([
      { result: "ignored", reason: "its call was acknowledged" },
    ]);
    const after = await call.read();
    expect(after).toMatchObject({ status: before.status, attempts: before.attempts });
    expect(after.alertOrigin).not.toHaveProperty("stoppedAt");
  });

  test("and fires again is another call; acknowledged at the source it is not", async () => {
    const context = newContext();
    const call = await fired(context);
    expect((await call.send("trigger")).answers).toEqual(only("repeated"));
    expect((await call.send("acknowledge")).answers).toEqual(only("canceled"));
    expect((await call.send("trigger")).answers).toEqual(only("repeated"));
    await call.send("resolve");
    const again = await fired(context);
    expect(again.callLogId).not.toBe(call.callLogId);
    expect(await again.read()).toMatchObject({ status: "Queued" });
  });

  test("of a rule that cancels nothing goes on, and is noted", async () => {
    const context = newContext();
    const rule = { to: "+15559998888", cancelResolved: false };
    const call = await fired(context, aSource({ kind: "pagerduty", rule }));
    expect((await call.send("resolve")).answers).toMatchObject([
      { result: "ignored", reason: "the rule of the source cancels no calls" },
    ]);
    expect(await call.read()).toMatchObject({
      status: "Queued",
      alertOrigin: { resolvedAt: context.now() },
    });
  });

  test("can be called again by a person, and that call has its alert", async () => {
    const context = newContext();
    const call = await fired(context);
    await call.send("resolve");
    const ref = { projectId: PROJECT_ID, callLogId: call.callLogId };
    const { _id } = await retryCall(context, ref);
    const again = (await context.calls.find(_id)) as CallRecord;
    expect(again.alertOrigin).toMatchObject({ fingerprint: "db" });
    expect(again.alertOrigin).not.toHaveProperty("stoppedAt");
    await cancelCall(context, { projectId: PROJECT_ID, callLogId: _id });
  });
});
