import { type CallRecord, type CallRequestInput, DEFAULT_CALLEE_LIMITS } from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../../accept/accept-call.ts";
import { secondsAfter } from "../../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../../testing/a-call.ts";
import { useStoreContext } from "../../testing/store-context.ts";
import type { TestContext } from "../../testing/test-context.ts";
import { dispatchAttempt } from "../dispatch-attempt.ts";

const newContext = useStoreContext(freshDatabase);
const ON = { env: { CALLEE_LIMITS: DEFAULT_CALLEE_LIMITS } };
const HOUR = 3600;

async function accepted(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  const dispatch = (attemptNumber = 1) =>
    dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber });
  return { dispatch, read: async () => (await context.calls.find(_id)) as CallRecord };
}

/**
 * Dispatches calls when they are due, as queue and sweeper do, until so many seconds from the start; when each was
 * placed, in seconds.
 */
async function placedWithin(context: TestContext, seconds: number): Promise<number[]> {
  const placed: number[] = [];
  // As the queue does with jobs that are put back.
  const putBack = new Map<string, Date>();
  const end = secondsAfter(START, seconds);
  while (context.clock.time <= end) {
    const records = await context.calls.findDue(secondsAfter(end, 24 * HOUR), 200);
    const planned = records.filter(({ attempts }) => attempts.at(-1)?.state === "planned");
    const times = planned.map(({ _id, attempts }) =>
      Math.max(Number(putBack.get(_id) ?? START), Number(attempts.at(-1)?.dueAt)),
    );
    context.clock.time = new Date(Math.max(Number(context.clock.time), Math.min(...times)));
    if (context.clock.time > end) break;
    const due = planned.filter((_call, index) => times[index]! <= Number(context.clock.time));
    const before = context.primary.orders.length;
    await Promise.all(
      due.map(async ({ _id, attempts }) => {
        const job = { projectId: PROJECT_ID, callLogId: _id, attemptNumber: attempts.length };
        const result = await dispatchAttempt(context, job);
        if (result.kind === "later") putBack.set(_id, result.at);
      }),
    );
    const at = (Number(context.clock.time) - Number(START)) / 1000;
    for (let one = before; one < context.primary.orders.length; one += 1) placed.push(at);
  }
  return placed;
}

describe("how often one number is called", () => {
  test("30 calls at once are placed as carriers bear it, and none is lost", async () => {
    const context = newContext(ON);
    for (let count = 0; count < 30; count += 1) await accepted(context);
    const placed = await placedWithin(context, 3 * HOUR);
    expect(placed.slice(0, 3)).toEqual([0, 60, 120]);
    const most = (seconds: number) =>
      Math.max(...placed.map((a) => placed.filter((b) => b >= a && b < a + seconds).length));
    expect([60, 900, 3600, 10_800].map(most)).toEqual([1, 3, 7, 15]);
    const statuses = await context.calls.findDue(secondsAfter(context.now(), 24 * HOUR), 200);
    expect(statuses).toHaveLength(30);
  });

  test("a later one waits, and says why and until when", async () => {
    const context = newContext(ON);
    await (await accepted(context)).dispatch();
    const call = await accepted(context);
    context.clock.advance(10);
    expect(await call.dispatch()).toEqual({ kind: "later", at: secondsAfter(START, 60) });
    expect(await call.read()).toMatchObject({
      status: "Queued",
      statusMessage:
        "Waits: its number may be called once in 1 minute; next at 2026-11-23T03:13:00.000Z",
      attempts: [{ state: "planned" }],
    });
    context.clock.advance(50);
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(2);
    expect(await call.read()).not.toHaveProperty("statusMessage");
  });

  test("a long wait is kept in the database", async () => {
    const context = newContext({ env: { CALLEE_LIMITS: "1/3600" } });
    await (await accepted(context)).dispatch();
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "done" });
    const dueAt = secondsAfter(START, HOUR);
    expect(await call.read()).toMatchObject({ status: "Scheduled", attempts: [{ dueAt }] });
  });

  test("past its deadline a call expires with the reason", async () => {
    const context = newContext(ON);
    await (await accepted(context)).dispatch();
    const call = await accepted(context, { deadlineAt: secondsAfter(START, 30).toISOString() });
    await call.dispatch();
    context.clock.advance(30);
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Expired",
      statusMessage:
        "Its deadline passed before it could be dialled; it waited: its number may be called once in 1 minute; next at 2026-11-23T03:13:00.000Z",
    });
  });

  test("an emergency may call twice as often", async () => {
    const context = newContext(ON);
    const urgent = { priority: "emergency" } as const;
    await (await accepted(context)).dispatch();
    await (await accepted(context, urgent)).dispatch();
    await (await accepted(context, urgent)).dispatch();
    expect(context.primary.orders).toHaveLength(2);
  });

  test("a retry counts as a call, too", async () => {
    const context = newContext(ON);
    context.primary.answer = () => ({ kind: "unknown", reason: "no answer in time" });
    const call = await accepted(context);
    await call.dispatch();
    const record = await call.read();
    const [first] = record.attempts;
    await context.calls.replace({
      ...record,
      status: "Queued",
      attempts: [
        { ...first!, state: "ended", outcome: "no-answer" },
        { ...first!, _id: `${record._id}-2`, number: 2, state: "planned", dueAt: START },
      ],
    });
    expect(await call.dispatch(2)).toMatchObject({ kind: "later", at: secondsAfter(START, 60) });
  });

  test.each<[string, PlaceResult, number]>([
    [
      "refused by the provider does not count",
      { kind: "rejected", errorClass: "throttled", errorMessage: "too many requests" },
      2,
    ],
    ["whose answer was lost counts", { kind: "unknown", reason: "no answer in time" }, 1],
  ])("a call that was %s", async (_what, answer, placed) => {
    const context = newContext(ON);
    context.primary.answer = () => answer;
    await (await accepted(context)).dispatch();
    await (await accepted(context)).dispatch();
    expect(context.primary.orders).toHaveLength(placed);
  });

  test.each([
    ["the project's own limits", { calleeLimits: [{ calls: 2, seconds: 60 }] }, 2],
    ["none, where the project says so", { calleeLimits: "off" as const }, 3],
    ["those of the installation", {}, 1],
  ])("goes by %s", async (_whose, project, placed) => {
    const context = newContext({ ...ON, project });
    for (let count = 0; count < 3; count += 1) await (await accepted(context)).dispatch();
    expect(context.primary.orders).toHaveLength(placed);
  });

  test.each([
    ["not limited", {}, 3],
    ["limited where the project asks for it", { calleeLimits: [{ calls: 1, seconds: 60 }] }, 1],
  ])("at the simulated provider is %s", async (_how, project, placed) => {
    const context = newContext({ ...ON, project });
    Object.assign(context.primary, { isSimulated: true });
    for (let count = 0; count < 3; count += 1) await (await accepted(context)).dispatch();
    expect(context.primary.orders).toHaveLength(placed);
  });

  test("holds no budget for calls that wait, and takes no turn for one that the budget refuses", async () => {
    const budget = { perDayUSD: "0.25", reserveUSD: "0.10" };
    const context = newContext({ ...ON, project: { budget } });
    const calls = [];
    for (let count = 0; count < 5; count += 1) calls.push(await accepted(context));
    for (const { dispatch } of calls) await dispatch();
    const other = await accepted(context, { toNumber: "+15559998877" });
    await other.dispatch();
    expect(context.primary.orders).toHaveLength(2);
    const third = { toNumber: "+15559998866" };
    const refused = await accepted(context, third);
    await refused.dispatch();
    expect(await refused.read()).toMatchObject({ status: "Low Balance" });
    const turn = { projectId: PROJECT_ID, ...third, attemptId: "another-1", now: context.now() };
    const free = await context.calleeTurns.take(turn, [{ calls: 1, seconds: 60 }]);
    expect(free).toBeUndefined();
  });

  test("does not depend on Redis", async () => {
    const context = newContext(ON);
    context.limiter = {
      ...context.limiter,
      take: async () => {
        throw new Error("Redis is away");
      },
    };
    for (let count = 0; count < 3; count += 1) await (await accepted(context)).dispatch();
    expect(context.primary.orders).toHaveLength(1);
  });
});
