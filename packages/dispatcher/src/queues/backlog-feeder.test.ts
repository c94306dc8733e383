import type { Priority } from "@call-log/model";
import { connectStore, type Store } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { type FreshDatabase, freshDatabase, type FreshRedis, freshRedis } from "@call-log/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import type { DelayedDispatch } from "../context/job-queue.ts";
import { createLimiter, type Limiter } from "../limiter/limiter.ts";
import { START } from "../testing/a-call.ts";
import { createTestContext } from "../testing/test-context.ts";
import { feedQueue } from "./backlog-feeder.ts";

const CALLS_A_SECOND = 5;
/** Enough for the ten seconds before more are asked for, one round that was under way, and one call. */
const MOST_ASKED = CALLS_A_SECOND * 10 + 50 + 1;

let database: FreshDatabase;
let redis: FreshRedis;
let connection: Redis;
let store: Store;
let limiter: Limiter;
let round = 0;

beforeAll(async () => {
  [database, redis] = await Promise.all([freshDatabase(), freshRedis()]);
  connection = new Redis(redis.url);
  store = await connectStore(database);
});
beforeEach(async () => {
  round += 1;
  limiter = createLimiter(connection, `${redis.prefix}:${round}`);
  await collectionsOf(store).backlog.deleteMany({});
});
afterAll(async () => {
  connection.disconnect();
  await store.close();
  await Promise.all([database.close(), redis.close()]);
});

function backlogged(name: string, projectId: string, priority: Priority) {
  const callLogId = `${projectId}-${name}`;
  const attemptId = `${callLogId}-1`;
  return { attemptId, projectId, callLogId, attemptNumber: 1, priority, dueAt: START };
}

function lowCalls(count: number) {
  return Array.from({ length: count }, (_, index) => backlogged(`low${index}`, "shop", "low"));
}

/** A feeder whose jobs ask for their turn at once. */
function feeding() {
  const context = createTestContext({ calls: () => store.calls, backlog: store.backlog });
  const { clock, dispatches, now } = context;
  async function askForTurn({ attemptId, job }: DelayedDispatch) {
    await limiter.take({
      attemptId,
      projectId: job.projectId,
      priority: attemptId.includes("low") ? "low" : "normal",
      account: "first",
      accountPerSecond: CALLS_A_SECOND,
      fromNumber: "+15551112222",
      toNumber: "+15559998888",
      now: now(),
    });
  }
  /** Feeds until no more is taken; the attempts that were. */
  const feed = async (): Promise<string[]> => {
    const fed: string[] = [];
    for (let before = -1; before < fed.length;) {
      before = fed.length;
      await feedQueue({ ...context, limiter });
      const taken = dispatches.splice(0);
      fed.push(...taken.map(({ attemptId }) => attemptId));
      for (const dispatch of taken) await askForTurn(dispatch);
    }
    return fed;
  };
  return { clock, feed };
}

test("of many low calls, only those are looked at whose turn comes soon", async () => {
  const { feed, clock } = feeding();
  await store.backlog.add(lowCalls(500));
  const first = await feed();
  expect(first.length).toBeGreaterThan(CALLS_A_SECOND * 10);
  expect(first.length).toBeLessThanOrEqual(MOST_ASKED);
  expect(await feed()).toEqual([]);
  clock.advance(30);
  expect((await feed()).length).toBeGreaterThan(0);
});

test("other priorities of the project, and other projects, are looked at meanwhile", async () => {
  const { feed } = feeding();
  await store.backlog.add(lowCalls(300));
  await feed();
  const urgent = backlogged("urgent", "shop", "emergency");
  const others = [backlogged("normal", "shop", "normal"), backlogged("low", "other", "low")];
  await store.backlog.add([...others, urgent]);
  expect(await feed()).toEqual([urgent, ...others].map(({ attemptId }) => attemptId));
});
