import type { ProviderEvent } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { aRequest, CALL_ID, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { recordEvent } from "./record-event.ts";

const newContext = useStoreContext(freshDatabase);

async function dialled(context: TestContext, request = aRequest()) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request });
  await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
  const event = (status: ProviderEvent["status"], rest: Partial<ProviderEvent> = {}) => ({
    attemptId: `${_id}-1`,
    provider: "first",
    providerCallId: `first-${_id}-1`,
    source: "callback" as const,
    status,
    at: START.toISOString(),
    ...rest,
  });
  const read = async () => (await context.calls.find(_id))!;
  return { _id, event, read };
}

describe("recordEvent", () => {
  test("events that meet on one call all get through", async () => {
    const context = newContext();
    const { event, read } = await dialled(context);
    const events = (["initiated", "ringing", "in-progress", "completed"] as const).map(
      (status, sequence) => event(status, { sequence }),
    );
    await Promise.all([...events, ...events].map((one) => recordEvent(context, one)));
    const { status, attempts } = await read();
    expect(status).toBe("Completed");
    const statuses = attempts[0]!.events.map((line) => line.status);
    for (const { status: told } of events)
      expect(statuses.filter((s) => s === told)).toHaveLength(1);
    expect(context.metrics.read()).toMatchObject({ events: 4, eventsRepeated: 4 });
  });

  test("events that meet share writes, and each is reported for itself", async () => {
    const context = newContext();
    const { event, read } = await dialled(context);
    const { revision } = await read();
    const statuses = ["initiated", "ringing", "in-progress", "completed"] as const;
    await Promise.all(statuses.map((status) => recordEvent(context, event(status))));
    expect(await read()).toMatchObject({ status: "Completed", revision: revision + 2 });
    expect(context.metrics.read().events).toBe(4);
  });

  test("a repeated event writes nothing", async () => {
    const context = newContext();
    const { event, read } = await dialled(context);
    const statuses = ["initiated", "ringing", "in-progress", "digits", "completed"] as const;
    for (const status of statuses) {
      await recordEvent(context, event(status, { digits: "4" }));
      const { revision } = await read();
      await recordEvent(context, event(status, { digits: "4" }));
      expect(await read()).toMatchObject({ revision });
    }
  });

  test("the end of an attempt plans the next one and adds its job", async () => {
    const context = newContext();
    const retry = { maxAttempts: 2, backoff: { delaySeconds: 20 } };
    const { _id, event, read } = await dialled(context, aRequest({ retry }));
    await recordEvent(context, event("busy"));
    expect(await read()).toMatchObject({
      status: "Scheduled",
      attempts: [{ outcome: "busy" }, {}],
    });
    expect(context.dispatches.at(-1)).toMatchObject({ attemptId: `${_id}-2`, delayMs: 20_000 });
    await recordEvent(context, event("busy"));
    expect((await read()).attempts).toHaveLength(2);
  });

  test("a failure on the way goes to the next provider at once", async () => {
    const context = newContext();
    const { _id, event, read } = await dialled(context, aRequest({ retry: { maxAttempts: 2 } }));
    await recordEvent(context, event("failed", { sipResponseCode: 503 }));
    expect(await read()).toMatchObject({
      status: "Queued",
      attempts: [{}, { provider: "second" }],
    });
    expect(context.dispatches.at(-1)).toMatchObject({ attemptId: `${_id}-2`, delayMs: 0 });
  });

  test("an event of an unknown attempt is dropped, and counted", async () => {
    const context = newContext();
    const { event } = await dialled(context);
    for (const attemptId of [
      `${CALL_ID}-1`,
      "nonsense",
      event("ringing").attemptId.replace(/1$/, "7"),
    ])
      await recordEvent(context, event("ringing", { attemptId }));
    expect(context.metrics.read().eventsOfUnknownAttempts).toBe(3);
  });

  test("an event of another call is kept out, and logged by its attempt id alone", async () => {
    const context = newContext();
    const { event, read } = await dialled(context);
    await recordEvent(context, event("completed", { providerCallId: "CA-foreign" }));
    expect(await read()).toMatchObject({ status: "Dialing" });
    expect(context.metrics.read().eventConflicts).toBe(1);
    expect(context.logged()).toContain(event("ringing").attemptId);
    expect(context.logged()).not.toContain("CA-foreign");
  });

  test("what can't be written rejects, so that its job is tried again", async () => {
    const context = newContext();
    const { event } = await dialled(context);
    const replace = async () => undefined;
    const losing = { ...context, calls: { ...context.calls, replace } };
    await expect(recordEvent(losing, event("ringing"))).rejects.toThrow(/30 times in a row/);
  });
});
