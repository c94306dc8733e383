import { freshRedis, type FreshRedis } from "@call-log/testing";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { createLimiter, type Limiter, type Turn } from "./limiter.ts";

const START = Date.UTC(2026, 10, 24);

let redis: FreshRedis;
let connection: Redis;
let limiter: Limiter;
let round = 0;
const openedConnections: Redis[] = [];

beforeAll(async () => {
  redis = await freshRedis();
  connection = new Redis(redis.url);
});
beforeEach(() => {
  round += 1;
  limiter = createLimiter(connection, `${redis.prefix}:${round}`);
});
afterEach(() => {
  for (const opened of openedConnections.splice(0)) opened.disconnect();
});
afterAll(async () => {
  connection.disconnect();
  await redis.close();
});

function turn(id: string, atMs: number, facts: Partial<Turn> = {}): Turn {
  return {
    attemptId: id,
    projectId: "shop",
    priority: "normal",
    account: "twilio",
    fromNumber: "+15551112222",
    toNumber: `+1555${id.replaceAll(/\D/g, "").padStart(7, "0")}`,
    now: new Date(START + atMs),
    ...facts,
  };
}

interface Waiter {
  id: string;
  at: number;
  facts: Partial<Turn>;
}

/**
 * Runs waiters as the queue does, each back after its wait; returns who went when, and how often the limiter was asked.
 */
async function simulate(waiters: Waiter[], untilMs: number) {
  const went: { id: string; at: number }[] = [];
  let asked = 0;
  const waiting = [...waiters];
  for (;;) {
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    if (next === undefined || next.at > untilMs) return { went, asked };
    asked += 1;
    const wait = await limiter.take(turn(next.id, next.at, next.facts));
    if (wait === 0) went.push({ id: next.id, at: next.at });
    else waiting.push({ ...next, at: next.at + wait });
  }
}

function crowd(
  project: string,
  count: number,
  { at = 0, ...facts }: Partial<Turn> & { at?: number } = {},
): Waiter[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${project}-${index}`,
    at,
    facts: { projectId: project, accountPerSecond: 5, ...facts },
  }));
}

function mostInAnyWindow(times: readonly number[], windowMs: number): number {
  return Math.max(
    ...times.map((end) => times.filter((at) => at <= end && at > end - windowMs).length),
  );
}

describe("an account's calls per second", () => {
  test("are never more than the rate and one burst, and nothing is wasted", async () => {
    const { went, asked } = await simulate(crowd("shop", 200), 60_000);
    expect(went).toHaveLength(200);
    const times = went.map(({ at }) => at);
    expect(mostInAnyWindow(times, 1000)).toBeLessThanOrEqual(10);
    expect(mostInAnyWindow(times, 10_000)).toBeLessThanOrEqual(55);
    expect(Math.max(...times)).toBeLessThanOrEqual((200 / 5) * 1000 + 1000);
    expect(asked / went.length).toBeLessThanOrEqual(3);
  });

  test("a rate below one a second is kept", async () => {
    const { went } = await simulate(crowd("shop", 5, { accountPerSecond: 0.5 }), 60_000);
    expect(went.map(({ at }) => at)).toEqual([0, 2000, 4000, 6000, 8000]);
  });

  test("are shared by all processes", async () => {
    const other = new Redis(redis.url);
    openedConnections.push(other);
    const second = createLimiter(other, `${redis.prefix}:${round}`);
    const takes = Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? limiter : second).take(turn(`shop-${index}`, 0, { accountPerSecond: 5 })),
    );
    const waits = await Promise.all(takes);
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
  });

  test("of one account do not touch another", async () => {
    await simulate(crowd("shop", 20), 0);
    expect(await limiter.take(turn("shop-99", 0, { account: "telnyx", accountPerSecond: 5 }))).toBe(
      0,
    );
  });
});

describe("who goes first", () => {
  const medianOf = (went: { id: string; at: number }[], project: string) =>
    went
      .filter(({ id }) => id.startsWith(project))
      .map(({ at }) => at)
      .toSorted((a, b) => a - b)[0];

  test("a project with few calls does not wait behind one with many", async () => {
    const { went } = await simulate(
      [...crowd("many", 300), ...crowd("few", 3, { at: 1000 })],
      70_000,
    );
    const few = went.filter(({ id }) => id.startsWith("few"));
    expect(few).toHaveLength(3);
    expect(Math.max(...few.map(({ at }) => at))).toBeLessThanOrEqual(4000);
  });

  test("an emergency overtakes everybody", async () => {
    const emergency = crowd("urgent", 1, { priority: "emergency", at: 2000 });
    const { went } = await simulate([...crowd("many", 300), ...emergency], 70_000);
    expect(medianOf(went, "urgent")).toBeLessThanOrEqual(2500);
  });

  test("low calls leave a turn for an emergency, which does not wait", async () => {
    const emergencies = [2010, 3020, 4030].map((at, index) => ({
      ...crowd(`urgent${index}`, 1, { priority: "emergency" })[0]!,
      at,
    }));
    const low = crowd("newsletter", 300, { priority: "low" });
    const { went, asked } = await simulate([...low, ...emergencies], 70_000);
    const urgent = went.filter(({ id }) => id.startsWith("urgent"));
    expect(urgent.map(({ at }) => at)).toEqual([2010, 3020, 4030]);
    // The pace is the account's, all the same.
    expect(went).toHaveLength(303);
    expect(Math.max(...went.map(({ at }) => at))).toBeLessThanOrEqual((303 / 5) * 1000 + 1000);
    expect(asked / went.length).toBeLessThanOrEqual(3);
  });

  test("an account of one call at a time leaves none, and low calls go", async () => {
    const low = crowd("newsletter", 3, { priority: "low", accountPerSecond: 1 });
    const { went } = await simulate(low, 10_000);
    expect(went.map(({ at }) => at)).toEqual([0, 1000, 2000]);
  });

  test("what is low goes last, but it goes", async () => {
    const low = crowd("newsletter", 2, { priority: "low", at: 3000 });
    const normal = Array.from({ length: 40 }, (_, second) =>
      crowd(`alert${second}`, 10, { at: second * 1000 }),
    ).flat();
    const { went } = await simulate([...low, ...normal], 90_000);
    const times = went.filter(({ id }) => id.startsWith("newsletter")).map(({ at }) => at);
    expect(times).toHaveLength(2);
    expect(Math.min(...times)).toBeGreaterThan(10_000);
  });

  test("an emergency of a project with many low calls sends nobody else to the back", async () => {
    const many = crowd("many", 100, { priority: "low" });
    const urgent = crowd("urgent", 1, { projectId: "many", priority: "emergency", at: 1000 });
    const few = crowd("few", 2, { priority: "low", at: 2000 });
    const { went } = await simulate([...many, ...urgent, ...few], 70_000);
    expect(went).toHaveLength(103);
    expect(medianOf(went, "urgent")).toBeLessThanOrEqual(1500);
    const last = went.findLast(({ id }) => id.startsWith("few"));
    expect(last?.at).toBeLessThanOrEqual(4000);
  });

  test("a call goes before the low ones of its own project", async () => {
    const low = crowd("many", 300, { priority: "low" });
    const normal = crowd("alert", 1, { projectId: "many", at: 2000 });
    const { went } = await simulate([...low, ...normal], 90_000);
    expect(went).toHaveLength(301);
    expect(medianOf(went, "alert")).toBeLessThanOrEqual(3000);
  });

  test("projects share the turns of emergencies, whoever began", async () => {
    const many = crowd("many", 60, { priority: "emergency" });
    const few = crowd("few", 3, { priority: "emergency", at: 2000 });
    const { went } = await simulate([...many, ...few], 70_000);
    const last = went.findLast(({ id }) => id.startsWith("few"));
    expect(last?.at).toBeLessThanOrEqual(4000);
  });

  test("who never comes back loses its place", async () => {
    await simulate(crowd("gone", 50), 0);
    const { went } = await simulate(crowd("here", 1, { at: 60_000 }), 120_000);
    expect(went).toEqual([{ id: "here-0", at: 60_000 }]);
  });
});

describe("calls to and from one number", () => {
  test("to one destination come in a burst at most, then spaced", async () => {
    const facts = {
      destinationPerMinute: 3,
      toNumber: "+15559998888",
      accountPerSecond: undefined,
    };
    const { went } = await simulate(crowd("shop", 6, facts), 300_000);
    expect(went.map(({ at }) => at)).toEqual([0, 0, 0, 20_000, 40_000, 60_000]);
  });

  test("from one number are spaced, and hold up nobody else", async () => {
    const facts = { fromNumberPerSecond: 1 };
    const { went } = await simulate(
      [...crowd("shop", 4, facts), ...crowd("other", 2, { ...facts, fromNumber: "+15553334444" })],
      60_000,
    );
    const at = (id: string) => went.filter((one) => one.id.startsWith(id)).map((one) => one.at);
    expect(at("shop")).toEqual([0, 1000, 2000, 3000]);
    expect(at("other")).toEqual([0, 1000]);
  });
});

describe("a project's calls per second", () => {
  const facts = { projectPerSecond: 2, accountPerSecond: undefined };

  test("come in a burst of a second, then spaced, whatever account they go to", async () => {
    const { went } = await simulate(
      [
        ...crowd("shop", 4, facts),
        ...crowd("shop2", 2, { ...facts, projectId: "shop", account: "telnyx" }),
      ],
      60_000,
    );
    expect(went.map(({ at }) => at)).toEqual([0, 0, 500, 1000, 1500, 2000]);
  });

  test("hold up no other project at the same account", async () => {
    const waiters = [
      ...crowd("many", 30, { ...facts, accountPerSecond: 5 }),
      ...crowd("few", 3, { at: 1000 }),
    ];
    const { went } = await simulate(waiters, 60_000);
    const few = went.filter(({ id }) => id.startsWith("few")).map(({ at }) => at);
    expect(few).toHaveLength(3);
    expect(Math.max(...few)).toBeLessThanOrEqual(2000);
  });
});

describe("of which class the next turn is far off", () => {
  const at = (ms: number) => limiter.farOff(new Date(START + ms));
  const low = { projectId: "shop", priority: "low" };
  const crowded = () => simulate(crowd("shop", 160, { priority: "low" }), 0);

  test("is known from where new ones would stand, for some seconds", async () => {
    await simulate(crowd("shop", 140, { priority: "low" }), 0);
    expect(await at(0)).toEqual([]);
    await crowded();
    expect(await at(0)).toEqual([low]);
    expect(await at(9999)).toEqual([low]);
    expect(await at(10_000)).toEqual([]);
  });

  test("is told apart by project and priority, and an emergency's never is", async () => {
    await crowded();
    await simulate(crowd("few", 3, { priority: "low" }), 0);
    await simulate(crowd("pager", 160, { priority: "emergency" }), 0);
    expect(await at(0)).toEqual([low]);
  });

  test("is not known from one that has its place already", async () => {
    await crowded();
    const first = crowd("shop", 9, { priority: "low" })[8]!;
    await limiter.take(turn(first.id, 200, first.facts));
    expect(await at(200)).toEqual([low]);
  });

  test("a near turn, as at another account, outweighs far ones of the same moment", async () => {
    await crowded();
    const ask = (id: string, ms: number, account: string) =>
      limiter.take(turn(id, ms, { priority: "low", account, accountPerSecond: 5 }));
    await ask("shop-500", 1000, "telnyx");
    expect(await at(1000)).toEqual([]);
    await ask("shop-501", 1500, "twilio");
    expect(await at(1500)).toEqual([]);
    await ask("shop-502", 1501, "twilio");
    expect(await at(1501)).toEqual([low]);
  });

  test("is not known from those that wait for one number", async () => {
    const facts = { destinationPerMinute: 1, toNumber: "+15559998888" };
    await simulate(crowd("shop", 160, facts), 0);
    expect(await at(0)).toEqual([]);
  });
});

test("no number is written in Redis", async () => {
  const facts = { accountPerSecond: 1, destinationPerMinute: 1, fromNumberPerSecond: 1 };
  await simulate(crowd("shop", 2, { ...facts, toNumber: "+15559998888" }), 0);
  const keys = await connection.keys(`*limiter*`);
  expect(keys.length).toBeGreaterThan(2);
  expect(keys.join(" ")).not.toMatch(/555/);
});

test("how much of a limit is in use can be looked at, and looking takes nothing", async () => {
  const at = (ms: number) => ({ perSecond: 2, now: new Date(START + ms) });
  expect(await limiter.use("twilio", at(0))).toEqual({
    perSecond: 2,
    burst: 2,
    tokens: 2,
    waiting: 0,
  });
  for (const id of ["a1", "a2", "a3", "a4"])
    await limiter.take(turn(id, 0, { accountPerSecond: 2 }));
  expect(await limiter.use("twilio", at(0))).toMatchObject({ tokens: 0, waiting: 2 });
  expect(await limiter.use("twilio", at(250))).toMatchObject({ tokens: 0.5, waiting: 2 });
  expect(await limiter.use("telnyx", at(0))).toMatchObject({ tokens: 2, waiting: 0 });
});
