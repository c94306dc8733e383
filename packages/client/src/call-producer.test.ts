import { JOB_VERSION } from "@call-log/model";
import { freshRedis, waitFor } from "@call-log/testing";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { createCallProducer } from "./call-producer.ts";

const PROJECT_ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
const request = { toNumber: "+1-555-999-8888", say: "Hello" };

test("puts requests on the queue, one or many", async () => {
  await using redis = await freshRedis();
  const { url: redisUrl, prefix } = redis;
  const producer = createCallProducer({ redisUrl, prefix });
  const one = await producer.add(PROJECT_ID, request);
  const many = await producer.addMany(PROJECT_ID, [request, request]);
  await producer.close();

  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue("call-requests", { connection, prefix });
  const jobs = await queue.getJobs("waiting");
  expect(new Set(jobs.map(({ id }) => id))).toEqual(
    new Set([one, ...many].map(({ jobId }) => jobId)),
  );
  expect(jobs.map(({ data }) => data as unknown)).toContainEqual({
    version: JOB_VERSION,
    projectId: PROJECT_ID,
    request,
  });
  await queue.close();
  connection.disconnect();
});

test("refuses a bad request before it is queued, and names the field", async () => {
  await using redis = await freshRedis();
  const producer = createCallProducer({ redisUrl: redis.url, prefix: redis.prefix });
  await expect(producer.add(PROJECT_ID, { toNumber: "555", say: "Hello" })).rejects.toThrow(
    /^toNumber: must be a phone number/,
  );
  await producer.close();
});

test("fails fast while Redis is away", async () => {
  const producer = createCallProducer({ redisUrl: "redis://127.0.0.1:1" });
  const failure: { error?: unknown } = {};
  producer.add(PROJECT_ID, request).catch((error: unknown) => {
    failure.error = error;
  });
  await waitFor(() => failure.error, { timeoutMs: 10_000, describe: "the refusal" });
  expect(failure.error).toBeInstanceOf(Error);
  await producer.close();
});
