import { randomUUID } from "node:crypto";

import { anAttempt } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
let caller: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  await fresh.store.projects.update(fresh.projectId, {
    fromNumbers: ["+15551112222", "+493011111111", "+81312345678"],
  });
  caller = await fresh.caller({ permissions: ["Project Member"] });
});
afterAll(() => fresh[Symbol.asyncDispose]());

const BERLIN = "+493012345678";
const id = () => randomUUID();
const nothing = { calls: 0, ids: [] };

/** Calls of every kind under a tag of their own. */
async function mixed() {
  const tag = randomUUID();
  const unknown = randomUUID();
  const kept = await fresh.keep(
    { status: "Busy", tags: [tag], createdAt: new Date("2026-11-25T03:05:00Z") },
    {
      status: "No Answer",
      tags: [tag],
      toNumber: BERLIN,
      createdAt: new Date("2026-11-25T03:04:00Z"),
    },
    { status: "Failed", tags: [tag], plan: { steps: [] } },
    { status: "Completed", tags: [tag] },
    { status: "Queued", tags: [tag] },
    {
      _id: unknown,
      status: "Unknown",
      tags: [tag],
      attempts: [anAttempt(unknown, { state: "unknown" })],
    },
    { status: "Busy", tags: [tag], projectId: fresh.otherProjectId },
  );
  return { query: { tags: tag }, ids: kept.map(({ _id }) => _id) };
}

describe("a plan", () => {
  test("of calling again says how many, at what hour, and why not the others; nothing is written", async () => {
    const { query, ids } = await mixed();
    const plan = await caller.bulk.plan({ act: "retry", query });
    expect(plan).toMatchObject({ total: 6, matching: 3, looked: 3 });
    expect(Object.fromEntries(plan.skipped.map(({ reason, calls }) => [reason, calls]))).toEqual({
      reached: 1,
      open: 1,
      unknown: 1,
    });
    expect(plan.retry).toMatchObject({
      calls: 2,
      ids: [ids[0], ids[1]],
      numbers: 2,
      refused: [{ reason: expect.stringContaining("what was said"), calls: 1, ids: [ids[2]] }],
      before: nothing,
      quiet: [],
      cost: { unpriced: 2 },
    });
    expect(plan.retry?.zones).toContainEqual({
      zones: expect.arrayContaining(["Europe/Berlin"]),
      calls: 1,
    });
    expect(await caller.callLog.count({ query })).toEqual({ count: 6 });
  });

  test("includes those that were reached only when that is asked for", async () => {
    const { query } = await mixed();
    const plan = await caller.bulk.plan({ act: "retry", query, withReached: true });
    expect(plan).toMatchObject({ matching: 4, retry: { calls: 3 } });
  });

  test("of a cancellation goes by the statuses alone", async () => {
    const { query } = await mixed();
    expect(await caller.bulk.plan({ act: "cancel", query })).toMatchObject({
      matching: 1,
      looked: null,
      retry: null,
    });
  });

  test("gives a range of what it may cost, from the calls to each country", async () => {
    const tag = randomUUID();
    const toNumber = "+819012345678";
    const priced = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000].map((callCostInUSDCents) => ({
      status: "Completed",
      toNumber,
      callCostInUSDCents,
      pricing: "final" as const,
      createdAt: new Date(),
    }));
    await fresh.keep(...priced, { status: "Busy", tags: [tag], toNumber });
    const { retry } = await caller.bulk.plan({ act: "retry", query: { tags: tag } });
    expect(retry?.cost).toMatchObject({ lowUSDCents: 2, highUSDCents: 10, unpriced: 0 });
  });

  test("is for keys that may dispatch and read", async () => {
    const plan = { act: "retry", query: {} } as const;
    const dispatchOnly = await fresh.caller({ permissions: ["Dispatch Call"] });
    await expect(dispatchOnly.bulk.plan(plan)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(dispatchOnly.bulk.run({ ...plan, id: id() })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const masked = await fresh.caller({ permissions: ["Dispatch Call", "Read Masked Call Log"] });
    await expect(
      masked.bulk.plan({ act: "retry", query: { toNumber: BERLIN } }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("calling many again", () => {
  test("is done once under its id: a repeat has the same answer, and another act finds it done", async () => {
    const { query, ids } = await mixed();
    const act = { id: id(), act: "retry", query } as const;
    const first = await caller.bulk.run(act);
    expect(first).toMatchObject({
      done: [expect.any(String), expect.any(String)],
      before: [],
      refused: [{ calls: 1, ids: [ids[2]] }],
    });
    expect(first).not.toHaveProperty("nextCursor");
    expect(await caller.callLog.count({ query })).toEqual({ count: 8 });
    expect(await caller.bulk.run(act)).toEqual(first);
    expect(await caller.bulk.run({ ...act, id: id() })).toMatchObject({
      done: [],
      before: first.done,
    });
    expect(await caller.callLog.count({ query })).toEqual({ count: 8 });
    const plan = await caller.bulk.plan({ act: "retry", query });
    expect(plan.retry).toMatchObject({ calls: 0, before: { calls: 2, ids: first.done } });
  });

  test("goes on where the step before ended", async () => {
    const tag = randomUUID();
    const kept = await fresh.keep(
      ...Array.from({ length: 101 }, () => ({ status: "Busy", tags: [tag] })),
    );
    const act = { id: id(), act: "retry", query: { tags: tag } } as const;
    const { done, nextCursor } = await caller.bulk.run(act);
    expect(done).toHaveLength(100);
    const last = await caller.bulk.run({ ...act, cursor: nextCursor });
    expect(last.done).toHaveLength(1);
    expect(last).not.toHaveProperty("nextCursor");
    expect(new Set([...done, ...last.done]).size).toBe(kept.length);
  });

  test("dials nothing for some seconds, in which it can be undone, by its id alone", async () => {
    const { query } = await mixed();
    const act = { id: id(), act: "retry", query } as const;
    const before = Date.now();
    const { done, startsAt } = await caller.bulk.run(act);
    expect(Date.parse(startsAt!)).toBeGreaterThanOrEqual(before + 10_000);
    const { data } = await caller.callLog.getList({
      query: { _id: { _type: "Includes", value: done } },
      select: { status: true, scheduledAt: true },
    });
    for (const call of data) {
      expect(call.status).toBe("Scheduled");
      expect(Date.parse(String(call.scheduledAt))).toBeGreaterThanOrEqual(before + 10_000);
    }
    expect(await caller.bulk.undo({ id: id(), ids: done })).toMatchObject({
      canceled: 0,
      late: { calls: 2 },
    });
    expect(await caller.bulk.undo({ id: act.id, ids: done })).toEqual({
      canceled: 2,
      late: nothing,
    });
    const canceled = await caller.callLog.count({ query: { ...query, status: "Canceled" } });
    expect(canceled).toEqual({ count: 2 });
  });

  test("a call that was dialled stays when the act is undone", async () => {
    const { query } = await mixed();
    const act = { id: id(), act: "retry", query } as const;
    const { done } = await caller.bulk.run(act);
    const record = await fresh.store.calls.find(done[0]!);
    const dialled = { ...record!.attempts[0]!, state: "accepted", providerCallId: "x" } as const;
    await fresh.store.calls.replace({
      ...record!,
      status: "Ringing",
      attemptCount: 1,
      attempts: [dialled],
    });
    expect(await caller.bulk.undo({ id: act.id, ids: done })).toEqual({
      canceled: 1,
      late: { calls: 1, ids: [done[0]] },
    });
    expect(await fresh.store.calls.find(done[0]!)).toMatchObject({ status: "Ringing" });
  });
});

test("a call whose retry is planned was dialled, and stays when the act is undone", async () => {
  const { query } = await mixed();
  const act = { id: id(), act: "retry", query } as const;
  const { done } = await caller.bulk.run(act);
  const record = await fresh.store.calls.find(done[0]!);
  const [first] = record!.attempts;
  await fresh.store.calls.replace({
    ...record!,
    attemptCount: 1,
    attempts: [
      { ...first!, state: "ended", outcome: "busy", providerCallId: "x" },
      { ...first!, _id: `${record!._id}-2`, number: 2 },
    ],
  });
  expect(await caller.bulk.undo({ id: act.id, ids: done })).toMatchObject({
    canceled: 1,
    late: { ids: [done[0]] },
  });
});

test("each call of an act counts as a request against the limits of its key", async () => {
  const counted: number[] = [];
  const countMore = (requests: number) => void counted.push(requests);
  const limited = await fresh.caller({ permissions: ["Project Member"], countMore });
  const { query } = await mixed();
  const act = { id: id(), act: "retry", query } as const;
  const { done } = await limited.bulk.run(act);
  await limited.bulk.undo({ id: act.id, ids: done });
  await limited.bulk.run({ ...act, query: { tags: randomUUID() } });
  expect(counted).toEqual([2, 1, 0]);
});

test("canceling many cancels what can be", async () => {
  const { query, ids } = await mixed();
  const step = await caller.bulk.run({ id: id(), act: "cancel", query });
  expect(step).toEqual({ done: [ids[4]], before: [], refused: [], startsAt: null });
});
