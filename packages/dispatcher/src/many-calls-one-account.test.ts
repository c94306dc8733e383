import type { CallRecord, CallRequestInput } from "@call-log/model";
import { freshDatabase, freshRedis, type FreshRedis } from "@call-log/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { acceptCalls } from "./accept/accept-call.ts";
import { cancelCall } from "./commands/cancel-call.ts";
import { createLimiter } from "./limiter/limiter.ts";
import { recheckWaiting } from "./maintenance/recheck-waiting.ts";
import { PROJECT_ID } from "./testing/a-call.ts";
import { createMemoryCalls } from "./testing/memory-calls.ts";
import { createScriptedProvider } from "./testing/scripted-provider.ts";
import { simulatedQueue } from "./testing/simulated-queue.ts";
import { useStoreContext } from "./testing/store-context.ts";

const newContext = useStoreContext(freshDatabase);
const NUMBER = "+15559998888";
/** Calls to it go by the account `second`. */
const BY_SECOND = "+15559997777";
/** Calls of one request. */
const AT_ONCE = 50;

let redis: FreshRedis;
let connection: Redis;
let round = 0;

beforeAll(async () => {
  redis = await freshRedis();
  connection = new Redis(redis.url);
});
afterAll(async () => {
  connection.disconnect();
  await redis.close();
});

interface Limits {
  /** Calls a second of the accounts `first` and `second`. */
  first: number;
  second?: number;
  /** Jobs that the queue has room for. */
  maxJobs?: number;
}

/** Memory for the calls, whose attempts go by `second` where the number says so. */
function callsByNumber(now: () => Date) {
  const calls = createMemoryCalls(now);
  const routed = ({ attempts, ...record }: CallRecord): CallRecord => ({
    ...record,
    attempts: attempts.map((attempt) =>
      record.toNumber === BY_SECOND ? { ...attempt, provider: "second" } : attempt,
    ),
  });
  return {
    ...calls,
    insertMany: (records: CallRecord[]) => calls.insertMany(records.map(routed)),
  };
}

/** An installation of two accounts, which refuse each number that they are asked for: a call is over when it was. */
function installation({ first, second, maxJobs }: Limits) {
  round += 1;
  const context = newContext({ calls: callsByNumber });
  const startedAt = context.now().getTime();
  const secondsNow = () => (context.now().getTime() - startedAt) / 1000;
  const asked: { callLogId: string; provider: string; at: number }[] = [];
  const account = (name: string, configuredCallsPerSecond: number | undefined) => ({
    ...createScriptedProvider(name, context.now),
    ...(configuredCallsPerSecond !== undefined && { configuredCallsPerSecond }),
    async placeCall({ attemptId }: { attemptId: string }) {
      const callLogId = attemptId.slice(0, attemptId.lastIndexOf("-"));
      asked.push({ callLogId, provider: name, at: secondsNow() });
      const errorMessage = "no such number";
      return { kind: "rejected", errorClass: "destination", errorMessage } as const;
    },
  });
  context.providers = { first: account("first", first), second: account("second", second) };
  context.limiter = createLimiter(connection, `${redis.prefix}:${round}`);
  const { find } = context.projects;
  const project = { paused: false };
  context.projects = {
    async find(id) {
      const found = await find(PROJECT_ID);
      const paused = { reason: "a loop", at: context.now() };
      return found && { ...found, _id: id, ...(project.paused && { paused }) };
    },
  };
  const queue = simulatedQueue(context, maxJobs);

  async function accept(
    count: number,
    { projectId = PROJECT_ID, ...request }: Partial<CallRequestInput> & { projectId?: string } = {},
  ): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) {
      const low = { toNumber: NUMBER, say: "The report is ready.", priority: "low", ...request };
      const requests = Array.from({ length: Math.min(AT_ONCE, count - ids.length) }, () => low);
      const answers = await acceptCalls(context, { projectId, requests });
      ids.push(...answers.map((answer) => (answer as { _id: string })._id));
      await queue.run(0);
    }
    return ids;
  }

  const askedOf = (ids: readonly string[]) =>
    asked.filter(({ callLogId }) => ids.includes(callLogId));
  const run = (seconds: number) => queue.run(seconds);
  return { context, project, queue, asked, askedOf, accept, run };
}

describe("low calls go at the full pace of their account", () => {
  const cases: { of: string; limits: Limits; seconds: number; count: number }[] = [
    { of: "one call a second", limits: { first: 1 }, seconds: 70, count: 150 },
    { of: "ten", limits: { first: 10 }, seconds: 100, count: 1200 },
    {
      of: "ten, where the queue has no room for those that wait for their turn",
      limits: { first: 10, maxJobs: 60 },
      seconds: 70,
      count: 900,
    },
  ];

  test.each(cases)("of $of", async ({ limits, seconds, count }) => {
    const { accept, run, asked, queue } = installation(limits);
    await accept(count);
    await run(seconds);
    expect(asked.length).toBeGreaterThanOrEqual(0.95 * limits.first * seconds);
    // Once to find that it has to wait, once at its turn, and some a little too early: the backlog is looked through once a second.
    // Those that are still in line were looked at once.
    const inLine = limits.first * 30 + AT_ONCE;
    expect(queue.looks.length).toBeLessThanOrEqual(2.4 * asked.length + inLine);
  });

  test("after the jobs of the queue are lost, too", async () => {
    const { accept, run, asked, queue } = installation({ first: 10 });
    await accept(900);
    await run(10);
    queue.lose();
    await run(40);
    const before = asked.length;
    await run(20);
    expect(asked.length - before).toBeGreaterThanOrEqual(0.95 * 10 * 20);
  });

  test("each of two accounts at its own, for calls of one kind", async () => {
    const { accept, run, asked } = installation({ first: 2, second: 20 });
    for (let part = 0; part < 12; part += 1) {
      await accept(50);
      await accept(50, { toNumber: BY_SECOND });
    }
    await run(25);
    const of = (name: string) => asked.filter(({ provider }) => provider === name).length;
    expect(of("first")).toBeGreaterThanOrEqual(0.95 * 2 * 25);
    expect(of("second")).toBeGreaterThanOrEqual(0.95 * 20 * 25);
  });
});

describe("while many low calls of a project wait", () => {
  test("few are looked at, and they say why they wait", async () => {
    const { accept, run, queue, context } = installation({ first: 1 });
    const ids = await accept(1000);
    const before = queue.looks.length;
    await run(30);
    // One at its turn and five that are tried, a second.
    expect(queue.looks.length - before).toBeLessThanOrEqual(6 * 30);
    expect(await context.calls.find(ids.at(-1)!)).toMatchObject({
      status: "Queued",
      waitsFor: "turn",
      statusMessage: "Waits: for its turn",
    });
  });

  test("calls of others, its normal ones and its emergencies go before them", async () => {
    const { accept, run, askedOf } = installation({ first: 5 });
    await accept(500);
    await run(10);
    const others = await accept(3, { projectId: "other" });
    await run(3);
    expect(askedOf(others)).toHaveLength(3);
    const normal = await accept(2, { priority: "normal" });
    await run(2);
    expect(askedOf(normal)).toHaveLength(2);
    const [emergency] = await accept(1, { priority: "emergency" });
    expect(askedOf([emergency!])).toHaveLength(1);
  });

  test("each is asked for once in the end, except for those that were canceled, and no place is left", async () => {
    const { accept, run, asked, context } = installation({ first: 5 });
    const ids = await accept(400);
    const canceled = ids.slice(5).filter((_id, index) => index % 4 === 3);
    for (const callLogId of canceled)
      await cancelCall(context, { projectId: PROJECT_ID, callLogId });
    await run(90);
    const stay = ids.filter((id) => !canceled.includes(id));
    expect(asked.map(({ callLogId }) => callLogId).toSorted()).toEqual(stay.toSorted());
    expect(await context.backlog.size()).toBe(0);
  });

  test("those whose deadline passes expire at it", async () => {
    const { accept, run, context, askedOf } = installation({ first: 2 });
    await accept(200);
    const deadlineAt = new Date(context.now().getTime() + 20_000);
    const ids = await accept(50, { deadlineAt: deadlineAt.toISOString() });
    await run(26);
    const statuses = await Promise.all(
      ids.map(async (id) => (await context.calls.find(id))?.status),
    );
    expect(new Set(statuses)).toEqual(new Set(["Expired"]));
    expect(askedOf(ids)).toEqual([]);
  });

  test("a pause holds them, and after it they go at the full pace again", async () => {
    const { accept, run, asked, context, project } = installation({ first: 5 });
    await accept(600);
    await run(10);
    project.paused = true;
    await run(1);
    const before = asked.length;
    await run(60);
    expect(asked).toHaveLength(before);
    project.paused = false;
    const mark = { of: "project", _id: PROJECT_ID, reasons: ["project-paused"], at: context.now() };
    context.rechecks.open = async () => [mark as never];
    await recheckWaiting(context);
    await run(20);
    expect(asked.length - before).toBeGreaterThanOrEqual(0.95 * 5 * 20);
  });
});
