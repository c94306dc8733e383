import { randomUUID } from "node:crypto";

import { createCallLogClient, type CallRequestInput } from "@call-log/client";
import { createCallProducer } from "@call-log/client/queue";
import {
  isFinalStatus,
  type Attempt,
  type CallRecord,
  type StandaloneAddress,
} from "@call-log/model";
import { ledgerPrice, readLedger, SCRIPTED_BLOCK } from "@call-log/provider";
import { PATIENCE_MS, waitFor } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { describe, expect, test, vi } from "vitest";

import {
  COMPRESSED_TIME,
  freshFolder,
  pathWithoutRedis,
  startProcess,
  type StandaloneProcess,
} from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
const PROJECT_ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
/** As many attempts as one worker hands over at a time. */
const DISPATCH_CONCURRENCY = 50;

const menu: CallRequestInput["say"] = [
  { say: "The database is down." },
  { gather: { say: "Press 4 to acknowledge.", on: { "4": { acknowledge: true } } } },
];

/** What is asked for, by the last digits of the scripted number, and how it has to end. */
const CASES: readonly { digits: string; status: string; request?: Partial<CallRequestInput> }[] = [
  { digits: "0100", status: "Completed", request: { say: menu, reachedWhen: "acknowledged" } },
  { digits: "0101", status: "Not Reached", request: { say: menu, reachedWhen: "acknowledged" } },
  { digits: "0102", status: "Not Reached", request: { say: menu, reachedWhen: "acknowledged" } },
  { digits: "0103", status: "Not Reached", request: { reachedWhen: "human" } },
  { digits: "0103", status: "Completed", request: { reachedWhen: "answered" } },
  { digits: "0110", status: "Busy" },
  { digits: "0111", status: "No Answer" },
  { digits: "0112", status: "No Answer" },
  { digits: "0113", status: "Failed" },
  { digits: "0114", status: "Failed" },
  {
    digits: "0115",
    status: "Completed",
    request: { retry: { maxAttempts: 2, backoff: { delaySeconds: 0 } } },
  },
  { digits: "0120", status: "Failed" },
  { digits: "0121", status: "Failed" },
  { digits: "0130", status: "Completed" },
  { digits: "0140", status: "Unknown", request: { onUnknown: "hold" } },
  { digits: "0140", status: "Failed", request: { onUnknown: "retry" } },
  { digits: "0141", status: "Completed" },
  { digits: "0143", status: "Completed" },
  { digits: "0150", status: "Completed" },
  { digits: "0151", status: "Completed" },
  { digits: "0152", status: "Completed" },
  { digits: "7777", status: "Completed", request: { reachedWhen: "human" } },
];

function caseOf(index: number) {
  return CASES[index % CASES.length]!;
}

function requestOf(index: number): CallRequestInput {
  const { digits, request } = caseOf(index);
  return {
    toNumber: `${SCRIPTED_BLOCK}${digits}`,
    say: `Alert ${index}`,
    idempotencyKey: `call-${index}`,
    tags: [`case-${index % CASES.length}`],
    ...request,
  };
}

/** Send every request by one of three transports, all at once. Repeating it changes nothing: each has its idempotency key. */
async function dispatchAll(
  { url, redisUrl }: StandaloneAddress,
  { QUEUE_PREFIX: prefix }: Record<string, string>,
  calls: number,
): Promise<void> {
  const client = createCallLogClient({ url, apiKey: KEY });
  const producer = createCallProducer({ redisUrl, ...(prefix !== undefined && { prefix }) });
  const byDoor = [0, 1, 2].map((door) =>
    Array.from({ length: calls }, (_, index) => index).filter((index) => index % 3 === door),
  );
  const [rest, trpc, queue] = byDoor.map((indexes) => indexes.map(requestOf));
  await Promise.all([
    inTurns(rest!, 20, (request) => post(url, "/api/call-log", request)),
    client.calls.dispatchMany.mutate({ requests: trpc! }),
    // As a pipeline does: what the queue did not answer in time is sent again, under the same idempotency keys.
    waitFor(() => producer.addMany(PROJECT_ID, queue!).catch(() => undefined), {
      timeoutMs: 600_000,
      describe: "the queue to take the requests",
    }),
  ]);
  await producer.close();
}

async function inTurns<T>(items: T[], width: number, act: (item: T) => Promise<unknown>) {
  const waiting = [...items];
  const turn = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: width }, turn));
}

async function post<T = unknown>(url: string, route: string, body: object): Promise<T> {
  const response = await fetch(url + route, {
    method: "POST",
    headers: { ApiKey: KEY, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

function countOf(url: string, query: object): Promise<number> {
  return post<{ count: number }>(url, "/api/call-log/count", { query }).then(({ count }) => count);
}

/** How many calls are placed, and where what the carrier got is kept. */
interface Placing {
  calls: number;
  dataDir: string;
  /**
   * How many of them may be held as unknown because a process was killed between the claim and the dial; the carrier knows nothing of these.
   * A process that lives knows what it did not dial.
   */
  interrupted: number;
}

/**
 * Wait until nothing is to come any more: every call over, or held as one that the carrier never got where that may be; and every price
 * final.
 */
async function settled(
  standalone: StandaloneProcess,
  address: StandaloneAddress,
  { calls, dataDir, interrupted }: Placing,
): Promise<void> {
  const { url } = address;
  const open = ["Scheduled", "Queued", "Dialing", "Ringing", "In Progress"];
  const isSettled = async () => {
    // One after the other: looks are no load while much is still to come.
    if ((await countOf(url, { status: { $in: open } })) > 0) return false;
    if ((await countOf(url, { pricing: "pending" })) > 0) return false;
    if ((await countOf(url, {})) < calls) return false;
    // One that was unknown may have been found to be running since.
    const [records, dialled] = [await allRecords(address), await dialledAttempts(dataDir)];
    const mayBeHeld = (one: CallRecord) => interrupted > 0 || expectedStatus(one) === "Unknown";
    return records.every((one) =>
      isUnknown(one) ? mayBeHeld(one) && isHeld(one, dialled) : isOver(one),
    );
  };
  await waitFor(isSettled, { timeoutMs: 600_000, describe: "all calls to end" }).catch((error) => {
    throw new Error(`${error.message}\n${standalone.errors().slice(-2000)}`, { cause: error });
  });
}

function expectedStatus({ idempotencyKey }: CallRecord): string {
  return caseOf(Number(idempotencyKey!.slice("call-".length))).status;
}

function isOver({ status, pricing }: CallRecord): boolean {
  return isFinalStatus(status) && pricing !== "pending";
}

// One that is to be retried is unknown only for a while, and one that the carrier got is found.
function isHeld(record: CallRecord, dialled: ReadonlySet<string>): boolean {
  return record.plan.onUnknown !== "retry" && !dialled.has(lastAttemptId(record));
}

async function dialledAttempts(dataDir: string): Promise<Set<string>> {
  return new Set((await readLedger(dataDir)).map(({ attemptId }) => attemptId));
}

function isUnknown({ status }: CallRecord): boolean {
  return status === "Unknown";
}

function lastAttemptId({ attempts }: CallRecord): string {
  return attempts.at(-1)!._id;
}

async function allRecords({ mongodbUri }: StandaloneAddress): Promise<CallRecord[]> {
  const client = new MongoClient(mongodbUri);
  const name = new URL(mongodbUri).pathname.slice(1) || "call-log";
  const records = await client.db(name).collection<CallRecord>("callLogs").find().toArray();
  await client.close();
  return records as CallRecord[];
}

/** Log and ledger agree: no call is lost, none was dialled twice, and every cent adds up. */
async function expectAgreement(
  address: StandaloneAddress,
  { calls, dataDir, interrupted }: Placing,
): Promise<void> {
  const [records, ledger] = await Promise.all([allRecords(address), readLedger(dataDir)]);
  expect(records).toHaveLength(calls);
  const differing = records.filter((record) => record.status !== expectedStatus(record));
  const held = differing.filter(isUnknown);
  // Said with what happened to them, else nobody could tell why.
  const story = JSON.stringify(
    held.map(({ statusMessage, attempts }) => [statusMessage, attempts]),
  );
  expect(held.length, story).toBeLessThanOrEqual(interrupted);
  for (const record of differing.filter((one) => !isUnknown(one)))
    expect
      .soft({ key: record.idempotencyKey, status: record.status })
      .toEqual({ key: record.idempotencyKey, status: expectedStatus(record) });

  const placed = ledger.map(({ attemptId, providerCallId }) => `${attemptId} ${providerCallId}`);
  expect(new Set(ledger.map(({ attemptId }) => attemptId)).size).toBe(ledger.length);
  const attempts = records.flatMap((record) => record.attempts);
  const bound = attempts.flatMap(({ _id, providerCallId }) =>
    providerCallId === undefined ? [] : [`${_id} ${providerCallId}`],
  );
  expect(bound.toSorted()).toEqual(placed.toSorted());

  const priceOf = new Map(
    ledger.map((call) => [call.attemptId, microUsd(ledgerPrice(call).amount)]),
  );
  for (const record of records) {
    const cost = record.attempts.reduce((sum, { _id }) => sum + (priceOf.get(_id) ?? 0), 0);
    expect.soft(record.callCostInUSDCents).toBe(cost / 10_000);
    expect.soft(record.attemptCount).toBe(record.attempts.filter((one) => one.claimedAt).length);
    // What was given up as lost is still looked for, though the call is over.
    const isWatched = !isFinalStatus(record.status) || record.attempts.some(isLost);
    expect.soft(record.wakeAt instanceof Date).toBe(isWatched);
  }
  expect([...priceOf.values()].reduce((sum, micro) => sum + micro, 0)).toBeGreaterThan(0);
}

function isLost({ outcome }: Attempt): boolean {
  return outcome === "lost";
}

// Exact: decimal text to millionths, without a float in between.
function microUsd(amount: string): number {
  const [whole, fraction = ""] = amount.replace("-", "").split(".");
  return Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/** The three ways to read say the same. */
async function expectSameAnswers({ url }: StandaloneAddress, calls: number): Promise<void> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await post<{ data: { _id: string }[]; count: number; nextCursor?: string }>(
      url,
      "/api/call-log/get-list",
      { select: { status: true }, limit: 100, ...(cursor && { cursor }) },
    );
    expect(page.count).toBe(calls);
    for (const { _id } of page.data) ids.add(_id);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(ids.size).toBe(calls);
  const statuses = [...new Set(CASES.map(({ status }) => status))];
  const counts = await Promise.all(statuses.map((status) => countOf(url, { status })));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(calls);
  const client = createCallLogClient({ url, apiKey: KEY });
  const [id] = ids;
  const select = { status: true, callCostInUSDCents: true, attempts: true } as const;
  // A callback of a call that is over may still come, between two readings.
  await vi.waitFor(
    async () =>
      expect(await client.callLog.getItem.query({ id: id!, select })).toEqual(
        await post(url, `/api/call-log/${id}/get-item`, { select }),
      ),
    { timeout: PATIENCE_MS },
  );
}

const { MONGODB_URI: mongodbUri, REDIS_URL: redisUrl } = process.env;

/** Where calls are placed, and how many: by a process that lives, and by one that is killed. */
interface Environment {
  name: string;
  settings: () => Record<string, string>;
  calls: number;
  callsOfKilled: number;
}

const EMBEDDED: Environment[] = [
  {
    name: "the Redis in this process",
    settings: () => ({ PATH: pathWithoutRedis() }),
    calls: 1000,
    callsOfKilled: 300,
  },
  {
    name: "redis-server, if there is one",
    settings: () => ({}),
    calls: 300,
    callsOfKilled: 1000,
  },
];

/**
 * The servers that the suite's settings name, each time with a database and queues of their own; SecantusDB, which CI gives, takes
 * about ten times as long per call.
 */
function given(mongodb: string, redis: string): Environment {
  const settings = () => {
    const name = `e2e-${randomUUID()}`;
    const uri = `${mongodb.replace(/\/+$/, "")}/${name}`;
    return { MONGODB_URI: uri, REDIS_URL: redis, QUEUE_PREFIX: name };
  };
  return { name: "the given servers", settings, calls: 100, callsOfKilled: 100 };
}

const environments = mongodbUri && redisUrl ? [given(mongodbUri, redisUrl)] : EMBEDDED;

describe.each(environments)("with $name", ({ settings: newSettings, calls, callsOfKilled }) => {
  const freshSettings = () => ({ ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY, ...newSettings() });

  test(`${calls} calls by three transports at once end as scripted, and log and ledger agree`, async () => {
    await using folder = await freshFolder();
    const settings = freshSettings();
    await using standalone = startProcess(folder.path, settings);
    const address = await standalone.ready();
    const placing = { calls, dataDir: folder.path, interrupted: 0 };
    await dispatchAll(address, settings, calls);
    await settled(standalone, address, placing);
    await expectAgreement(address, placing);
    await expectSameAnswers(address, calls);
  }, 1_500_000);

  test(`killed in the middle of ${callsOfKilled} and started again: none lost, none dialled twice`, async () => {
    await using folder = await freshFolder();
    const settings = freshSettings();
    const first = startProcess(folder.path, settings);
    const address = await first.ready();
    const interrupted = DISPATCH_CONCURRENCY;
    const placing = { calls: callsOfKilled, dataDir: folder.path, interrupted };
    await dispatchAll(address, settings, callsOfKilled);
    // Some are over, some are running, some have not begun.
    await waitFor(async () => (await readLedger(folder.path)).length > callsOfKilled / 4, {
      timeoutMs: 600_000,
      describe: "a quarter of the calls to be dialled",
    });
    await first.end("SIGKILL");

    await using second = startProcess(folder.path, settings);
    const again = await second.ready();
    // A pipeline that got no word repeats itself; what was taken before stays one call.
    await dispatchAll(again, settings, callsOfKilled);
    await settled(second, again, placing);
    await expectAgreement(again, placing);
  }, 1_500_000);
});
