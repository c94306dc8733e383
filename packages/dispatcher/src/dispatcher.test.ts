import type { CallRecord, CallRequestInput } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";
import { ledgerPrice } from "@call-log/provider";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";

import type { Dispatcher } from "./dispatcher.ts";
import { aRequest, ASKS_FOR_4 } from "./testing/a-call.ts";
import { createInstallation, type Installation } from "./testing/installation.ts";
import { createRedisProxy } from "./testing/redis-proxy.ts";

const install = async () =>
  createInstallation({ mongo: await freshDatabase(), redis: await freshRedis() });

const at = (suffix: string) => `+1555010${suffix}`;

const accept = async (
  { projectId }: Installation,
  dispatcher: Dispatcher,
  request: Partial<CallRequestInput>,
) => (await dispatcher.accept({ projectId, request: aRequest(request) }))._id;

async function over(installation: Installation, ids: readonly string[]): Promise<CallRecord[]> {
  const read = () => Promise.all(ids.map((id) => installation.store.calls.find(id)));
  const isOver = (record: CallRecord | undefined) =>
    record !== undefined && isFinalStatus(record.status) && record.wakeAt === undefined;
  return waitFor(
    async () => {
      const records = await read();
      return records.every(isOver) && (records as CallRecord[]);
    },
    { describe: "all calls to be over" },
  );
}

/** Held against the carrier's own ledger: nobody was called twice for one attempt, and every cent is accounted for. */
async function checkLedger(installation: Installation, records: readonly CallRecord[]) {
  const ledger = await installation.ledger();
  const labels = ledger.map(({ attemptId }) => attemptId);
  expect(new Set(labels).size).toBe(labels.length);
  for (const record of records) {
    const calls = ledger.filter(({ attemptId }) => attemptId.startsWith(record._id));
    const bound = record.attempts.flatMap(({ providerCallId = [] }) => providerCallId);
    expect(bound.toSorted()).toEqual(calls.map(({ providerCallId }) => providerCallId).toSorted());
    const units = calls.map((call) => Math.round(Math.abs(Number(ledgerPrice(call).amount)) * 1e5));
    const cents = units.reduce((sum, unit) => sum + unit, 0) / 1000;
    expect(record.callCostInUSDCents).toBe(cents);
  }
}

const asks = { say: ASKS_FOR_4, reachedWhen: "acknowledged" as const };
const twice = { retry: { maxAttempts: 2, backoff: { delaySeconds: 0.1 } } };

/** Numbers with a script, what is asked for, and how the call ends. */
const MIXED: [string, Partial<CallRequestInput>, string, number][] = [
  ["0100", asks, "Completed", 1],
  ["0101", asks, "Not Reached", 1],
  ["0102", asks, "Not Reached", 1],
  ["0103", { reachedWhen: "human" }, "Not Reached", 1],
  ["0103", {}, "Completed", 1],
  ["0110", twice, "Busy", 2],
  ["0115", twice, "Completed", 2],
  ["0113", {}, "Failed", 1],
  ["0114", twice, "Failed", 1],
  ["0120", twice, "Failed", 1],
  ["0121", twice, "Failed", 1],
  ["0130", {}, "Completed", 2],
  ["0141", {}, "Completed", 1],
  ["0143", {}, "Completed", 1],
  ["0150", asks, "Completed", 1],
  ["0151", asks, "Completed", 1],
  ["0152", asks, "Completed", 1],
];

describe("50 calls with mixed outcomes", () => {
  test.each([true, false])(
    "end as expected, with two workers; callbacks: %s",
    async (hasCallbacks) => {
      await using installation = await install();
      const dispatchers = [0, 1].map(() => installation.dispatcher({ hasCallbacks }));
      for (const one of dispatchers) installation.work(one);
      const wanted = Array.from({ length: 50 }, (_, index) => MIXED[index % MIXED.length]!);
      const ids: string[] = [];
      for (const [index, [suffix, request]] of wanted.entries())
        ids.push(
          await accept(installation, dispatchers[index % 2]!, { toNumber: at(suffix), ...request }),
        );
      const records = await over(installation, ids);
      expect(records.map(({ status, attempts }) => [status, attempts.length])).toEqual(
        wanted.map(([, , status, attempts]) => [status, attempts]),
      );
      expect(records.every(({ pricing }) => pricing === "final")).toBe(true);
      await checkLedger(installation, records);
    },
  );
});

test("a job that comes too early waits for its time by itself", async () => {
  await using installation = await install();
  const env = { SWEEP_EVERY_SECONDS: "600", POLL_AFTER_SECONDS: "600" };
  const dispatcher = installation.dispatcher({ env, hasCallbacks: true });
  installation.work(dispatcher);
  const { projectId, store } = installation;
  const dueAt = new Date(Date.now() + 61_500);
  const request = aRequest({ toNumber: at("0110"), scheduledAt: dueAt.toISOString() });
  const { _id } = await dispatcher.accept({ projectId, request });
  const record = (await store.calls.find(_id))!;
  const soon = new Date(Date.now() + 700);
  const [attempt] = record.attempts;
  await store.calls.replace({ ...record, attempts: [{ ...attempt!, dueAt: soon }] });
  const job = { projectId, callLogId: _id, attemptNumber: 1 };
  await dispatcher.queues.addDispatches([{ attemptId: attempt!._id, job, delayMs: 0 }]);
  const claimedAt = await waitFor(
    async () => (await store.calls.find(_id))?.attempts[0]?.claimedAt,
    { describe: "the claim" },
  );
  expect(claimedAt.getTime()).toBeGreaterThanOrEqual(soon.getTime());
  await waitFor(async () => (await store.calls.find(_id))?.status === "Busy");
  expect(await installation.ledger()).toHaveLength(1);
});

test("a Redis that lost everything loses no call, nor the sweep", async () => {
  await using installation = await install();
  const dispatcher = installation.dispatcher();
  const redis = new Redis(installation.redis.url);
  const flush = async () => {
    const keys = await redis.keys(`${installation.redis.prefix}:*`);
    if (keys.length > 0) await redis.del(...keys);
  };
  const before = await Promise.all(
    Array.from({ length: 10 }, () => accept(installation, dispatcher, { toNumber: at("0110") })),
  );
  await flush();
  installation.work(dispatcher);
  await over(installation, before);
  await flush();
  const after = await accept(installation, dispatcher, { toNumber: at("0110") });
  await flush();
  const records = await over(installation, [...before, after]);
  await checkLedger(installation, records);
  expect(await installation.ledger()).toHaveLength(11);
  redis.disconnect();
});

test("while Redis is away calls are accepted at once, events are refused at once, and later all is done", async () => {
  await using installation = await install();
  const gate = await createRedisProxy(installation.redis.url);
  const dispatcher = installation.dispatcher({ redisUrl: gate.url });
  const workers = installation.work(dispatcher);
  const started = performance.now();
  const id = await accept(installation, dispatcher, { toNumber: at("0110") });
  await expect(dispatcher.queues.addEvents([])).rejects.toBeInstanceOf(Error);
  await expect(dispatcher.queues.ping()).rejects.toBeInstanceOf(Error);
  expect(performance.now() - started).toBeLessThan(8000);
  expect(dispatcher.context.metrics.read().jobsNotAdded).toBe(1);
  await gate.open();
  await over(installation, [id]);
  await dispatcher.queues.ping();
  await gate.shut();
  const again = await accept(installation, dispatcher, { toNumber: at("0110") });
  await gate.open();
  await checkLedger(installation, await over(installation, [id, again]));
  await workers.close();
  await gate.shut();
});

test("workers and queues close while Redis is away", async () => {
  await using installation = await install();
  const gate = await createRedisProxy(installation.redis.url);
  await gate.open();
  const dispatcher = installation.dispatcher({ redisUrl: gate.url });
  const workers = installation.work(dispatcher);
  await dispatcher.queues.ping();
  await gate.shut();
  const closed = workers.close().then(() => dispatcher.queues.close());
  await expect(closed).resolves.toBeUndefined();
});
