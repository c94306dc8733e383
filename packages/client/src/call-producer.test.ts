import { once } from "node:events";

import { type CallRequestInput, JOB_VERSION, newCallLogId } from "@call-log/model";
import { cuttableLine, freshRedis, type FreshRedis, waitFor } from "@call-log/testing";
import { Queue, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { createCallProducer } from "./call-producer.ts";

const PROJECT_ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
const request = { toNumber: "+1-555-999-8888", say: "Hello" };

function openQueue({ url, prefix }: Pick<FreshRedis, "url" | "prefix">) {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue("call-requests", { connection, prefix });
  return Object.assign(queue, {
    async [Symbol.asyncDispose]() {
      await queue.close();
      connection.disconnect();
    },
  });
}

test("puts requests on the queue, one or many", async () => {
  await using redis = await freshRedis();
  const { url: redisUrl, prefix } = redis;
  const producer = createCallProducer({ redisUrl, prefix });
  const one = await producer.add(PROJECT_ID, request);
  const many = await producer.addMany(PROJECT_ID, [request, request]);
  await producer.close();

  await using queue = openQueue(redis);
  const jobs = await queue.getJobs("waiting");
  expect(new Set(jobs.map(({ id }) => id))).toEqual(
    new Set([one, ...many].map(({ jobId }) => jobId)),
  );
  expect(jobs.map(({ data }) => data as unknown)).toContainEqual({
    version: JOB_VERSION,
    projectId: PROJECT_ID,
    request,
  });
});

test.each<[string, unknown, RegExp]>([
  [PROJECT_ID, { ...request, toNumber: "555" }, /^toNumber: must be a phone number/],
  ["foo", request, /^projectId: must be a UUID or 24 hexadecimal digits$/],
  [PROJECT_ID, { ...request, carriage: "x" }, /^input: there is no "carriage"; allowed: toNumber,/],
  [PROJECT_ID, null, /^input: /],
])("refuses project %s and request %j before it is queued, and names the field", async (...bad) => {
  const [projectId, wrong, words] = bad;
  await using redis = await freshRedis();
  const producer = createCallProducer({ redisUrl: redis.url, prefix: redis.prefix });
  await using queue = openQueue(redis);
  const adding = producer.add(projectId, wrong as CallRequestInput);
  await expect(adding).rejects.toThrow(words);
  await expect(adding).rejects.toBeInstanceOf(TypeError);
  const many = producer.addMany(projectId, [request, wrong as CallRequestInput]);
  await expect(many).rejects.toThrow(TypeError);
  expect(await queue.count()).toBe(0);
  await producer.close();
});

test("of many requests the error names the one that is bad", async () => {
  await using redis = await freshRedis();
  const producer = createCallProducer({ redisUrl: redis.url, prefix: redis.prefix });
  const adding = producer.addMany(PROJECT_ID, [request, { ...request, say: "" }]);
  await expect(adding).rejects.toThrow(/^requests\.1\.say: must have something that can be said/);
  await producer.close();
});

test("answers the call log id when there is an idempotency key, in whatever case the project's id is written", async () => {
  await using redis = await freshRedis();
  const producer = createCallProducer({ redisUrl: redis.url, prefix: redis.prefix });
  const keyed = { ...request, idempotencyKey: "incident-42" };
  const callLogId = newCallLogId({ projectId: PROJECT_ID, idempotencyKey: "incident-42" });
  expect(await producer.add(PROJECT_ID.toUpperCase(), keyed)).toMatchObject({ callLogId });
  const [plain, again] = await producer.addMany(PROJECT_ID, [request, keyed]);
  expect(plain).not.toHaveProperty("callLogId");
  expect(again).toMatchObject({ callLogId, jobId: expect.any(String) });
  await producer.close();
});

test("a request that is repeated while it waits adds no job; one that is over, or another one under its key, does", async () => {
  await using redis = await freshRedis();
  const producer = createCallProducer({ redisUrl: redis.url, prefix: redis.prefix });
  await using queue = openQueue(redis);
  const keyed = { ...request, idempotencyKey: "incident-42" };
  const first = await producer.add(PROJECT_ID, keyed);
  expect(await producer.addMany(PROJECT_ID, [keyed, keyed])).toEqual([first, first]);
  const another = await producer.add(PROJECT_ID, { ...keyed, say: "Another text" });
  expect(another.jobId).not.toBe(first.jobId);
  expect(await queue.count()).toBe(2);

  await refuseAll(redis);
  const again = await producer.add(PROJECT_ID, keyed);
  expect([first.jobId, another.jobId]).not.toContain(again.jobId);
  expect(await queue.count()).toBe(1);
  await producer.close();
});

/** Every job that waits fails for good, as those that a worker refuses. */
async function refuseAll({ url, prefix }: FreshRedis): Promise<void> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const refuse = () => Promise.reject(new UnrecoverableError("refused"));
  const worker = new Worker("call-requests", refuse, { connection, prefix });
  await once(worker, "drained");
  await worker.close();
  connection.disconnect();
}

test("fails when Redis hangs", async () => {
  await using redis = await freshRedis();
  const { hostname: host, port } = new URL(redis.url);
  const line = await cuttableLine({ host, port: Number(port) });
  const redisUrl = `redis://127.0.0.1:${line.port}`;
  const producer = createCallProducer({ redisUrl, prefix: redis.prefix });
  await producer.add(PROJECT_ID, request);
  line.hang();
  const adding = producer.add(PROJECT_ID, request);
  await expect(adding).rejects.toThrow(/^Redis did not answer within 3\.1 seconds$/);
  await line.cut();
  await producer.close();
});

test("refuses while Redis is away, and does not wait until it is back", async () => {
  const producer = createCallProducer({ redisUrl: "redis://127.0.0.1:1" });
  const failure: { error?: unknown } = {};
  producer.add(PROJECT_ID, request).catch((error: unknown) => {
    failure.error = error;
  });
  await waitFor(() => failure.error, { describe: "the refusal" });
  expect(failure.error).toBeInstanceOf(Error);
  await producer.close();
});
