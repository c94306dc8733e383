import type { CallRecord, CallRequestInput } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { resolveCall } from "../commands/resolve-call.ts";
import { sweep } from "../maintenance/sweep.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";

const newContext = useStoreContext(freshDatabase);

/** Seconds from the backup to the restore. */
const GAP = 600;

/** A database with one call, as the backup had it, ten minutes later. */
async function restoredWith(request: Partial<CallRequestInput> = {}) {
  const context = newContext();
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  const backupAt = context.now();
  context.clock.advance(GAP);
  await newContext.store().declareRestored(backupAt);
  const read = async () => (await context.calls.find(_id)) as CallRecord;
  const dispatch = (attemptNumber = 1) =>
    dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber });
  return { context, _id, read, dispatch };
}

/** A call that the carrier has from the time between backup and restore. */
function placedInGap(
  context: TestContext,
  { toNumber, attemptId, fromNumber = "+15551112222" }: Partial<CallSnapshot>,
): string {
  const providerCallId = `gap-${attemptId ?? "unlabelled"}`;
  const createdAt = secondsAfter(START, 60);
  const status = "completed" as const;
  context.primary.calls.set(providerCallId, {
    providerCallId,
    toNumber: toNumber!,
    fromNumber,
    createdAt,
    status,
    endedAt: secondsAfter(START, 90),
    answeredAt: secondsAfter(START, 70),
    ...(attemptId !== undefined && { attemptId }),
  });
  return providerCallId;
}

async function lookAfter(context: TestContext, seconds: number): Promise<void> {
  context.clock.advance(seconds);
  expect((await sweep(context)).failed).toBe(0);
}

test("a call that was dialled after the backup is bound to it, and not dialled again", async () => {
  const { context, _id, read, dispatch } = await restoredWith();
  const { toNumber } = await read();
  const providerCallId = placedInGap(context, { toNumber, attemptId: `${_id}-1` });
  await dispatch();
  expect(await read()).toMatchObject({ status: "Unknown", attempts: [{ state: "unknown" }] });
  await lookAfter(context, 60);
  expect(await read()).toMatchObject({
    status: "Completed",
    attempts: [{ state: "ended", providerCallId, provider: "first", outcome: "reached" }],
  });
  expect(context.primary.orders).toEqual([]);
});

test("one that no provider has is held for a person", async () => {
  const { context, read, dispatch } = await restoredWith({ retry: { maxAttempts: 2 } });
  await dispatch();
  await lookAfter(context, 60);
  await lookAfter(context, 600);
  expect(await read()).toMatchObject({ status: "Unknown", attempts: [{ state: "unknown" }] });
  expect((await read()).attempts).toHaveLength(1);
  expect(context.primary.orders).toEqual([]);
});

test("… or is called by a new attempt, where the request says so", async () => {
  const { context, read, dispatch } = await restoredWith({
    onUnknown: "retry",
    retry: { maxAttempts: 2 },
  });
  await dispatch();
  await lookAfter(context, 60);
  await lookAfter(context, 600);
  expect((await read()).attempts[0]).toMatchObject({ state: "unknown", outcome: "lost" });
  context.clock.advance(3600);
  await dispatch(2);
  expect(context.primary.orders).toMatchObject([{ attemptId: expect.stringMatching(/-2$/) }]);
  expect((await read()).restored).toBeUndefined();
});

test("a person resolves a held one by the id of its call, whichever provider has it", async () => {
  const { context, _id, read, dispatch } = await restoredWith();
  const { toNumber } = await read();
  const fromNumber = "+15553334444";
  const providerCallId = placedInGap(context, { toNumber, fromNumber });
  await dispatch();
  await lookAfter(context, 60);
  expect(await read()).toMatchObject({ status: "Unknown" });
  expect((await read()).statusMessage).toContain("More than one call");
  const ref = { callLogId: _id, projectId: PROJECT_ID };
  await resolveCall(context, ref, { as: "placed", providerCallId });
  expect(await read()).toMatchObject({ status: "Completed", attempts: [{ providerCallId }] });
});

test("a call without a label to the same number is no proof: the call is held, not bound", async () => {
  const { context, read, dispatch } = await restoredWith({ onUnknown: "retry" });
  const { toNumber } = await read();
  placedInGap(context, { toNumber });
  await dispatch();
  await lookAfter(context, 60);
  await lookAfter(context, 600);
  expect(await read()).toMatchObject({ status: "Unknown", attempts: [{ state: "unknown" }] });
});

test("a retry that may have followed in the gap is looked for, too", async () => {
  const context = newContext();
  const retry = { maxAttempts: 2, backoff: { type: "fixed", delaySeconds: 1 } } as const;
  const { _id } = await acceptCall(context, {
    projectId: PROJECT_ID,
    request: aRequest({ retry }),
  });
  const dispatch = (attemptNumber: number) =>
    dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber });
  const read = async () => (await context.calls.find(_id)) as CallRecord;
  await dispatch(1);
  const [snapshot] = [...context.primary.calls.values()];
  const backupAt = context.now();
  context.clock.advance(GAP);
  // As the carrier has it: the first attempt was busy, and the second one followed.
  const endedAt = secondsAfter(START, 20);
  context.primary.calls.set(snapshot!.providerCallId, { ...snapshot!, status: "busy", endedAt });
  const { toNumber } = await read();
  const providerCallId = placedInGap(context, { toNumber, attemptId: `${_id}-2` });
  await newContext.store().declareRestored(backupAt);
  await lookAfter(context, 60);
  expect((await read()).attempts).toMatchObject([{ outcome: "busy" }, { state: "planned" }]);
  context.clock.advance(60);
  await dispatch(2);
  await lookAfter(context, 60);
  expect((await read()).attempts).toMatchObject([{ outcome: "busy" }, { providerCallId }]);
  expect(context.primary.orders).toHaveLength(1);
});

test("a call that was not due before the restore is dialled at its time, once no provider has it", async () => {
  const scheduledAt = secondsAfter(START, 2 * GAP).toISOString();
  const { context, read, dispatch } = await restoredWith({ scheduledAt });
  context.clock.advance(GAP);
  await dispatch();
  expect(context.primary.orders).toHaveLength(1);
  expect((await read()).restored).toBeUndefined();
});

test("… and not if somebody had it called before the restore, or no provider can be asked", async () => {
  const scheduledAt = secondsAfter(START, 2 * GAP).toISOString();
  for (const isAway of [false, true]) {
    const { context, _id, read, dispatch } = await restoredWith({ scheduledAt });
    const { toNumber } = await read();
    if (!isAway) placedInGap(context, { toNumber, attemptId: `${_id}-1` });
    context.primary.isAway = isAway;
    context.clock.advance(GAP);
    await dispatch();
    expect(context.primary.orders).toEqual([]);
    expect(await read()).toMatchObject({ status: "Unknown" });
  }
});

test("a call past its deadline is looked for before it expires", async () => {
  const deadlineAt = secondsAfter(START, 120).toISOString();
  const { context, _id, read } = await restoredWith({ deadlineAt });
  const { toNumber } = await read();
  const providerCallId = placedInGap(context, { toNumber, attemptId: `${_id}-1` });
  await lookAfter(context, 60);
  expect(await read()).toMatchObject({ status: "Unknown" });
  await lookAfter(context, 60);
  expect(await read()).toMatchObject({ status: "Completed", attempts: [{ providerCallId }] });
});

test("an attempt that the backup saw being handed over is bound by its label alone", async () => {
  const context = newContext();
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const read = async () => (await context.calls.find(_id)) as CallRecord;
  const { calls } = context;
  context.calls = { ...calls, replace: () => Promise.reject(new Error("killed")) };
  context.primary.answer = () => Promise.reject(new Error("killed"));
  const job = { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 };
  await expect(dispatchAttempt(context, job)).rejects.toThrow("killed");
  context.calls = calls;
  const backupAt = context.now();
  context.clock.advance(GAP);
  await newContext.store().declareRestored(backupAt);
  placedInGap(context, { toNumber: (await read()).toNumber });
  await lookAfter(context, 1);
  await lookAfter(context, 120);
  expect(await read()).toMatchObject({ status: "Unknown", attempts: [{ state: "unknown" }] });
});
