import { JOB_VERSION, QUEUES, type CallRecord } from "@call-log/model";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { type JobsOptions, Queue, QueueEvents } from "bullmq";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { createInstallation, type Installation } from "../testing/installation.ts";

const install = async () =>
  createInstallation({ mongo: await freshDatabase(), redis: await freshRedis() });

const request = { toNumber: "+15550100110", say: "Down" };

/** A producer that knows of us only the queue's name, as one in another language would. */
async function foreignProducer({ redis }: Installation) {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const place = { connection, prefix: redis.prefix };
  const queue = new Queue(QUEUES.requests.name, place);
  const events = new QueueEvents(QUEUES.requests.name, place);
  await events.waitUntilReady();
  return {
    queue,
    // Listening begins before the job is there: a worker may be done with it before `add` returns.
    ask(jobId: string, data: unknown, options: JobsOptions = {}): Promise<unknown> {
      return new Promise((resolve, reject) => {
        events.once("completed", ({ returnvalue }) => resolve(returnvalue));
        events.once("failed", ({ failedReason }) => reject(new Error(failedReason)));
        queue.add("whatever", data, { ...options, jobId }).catch(reject);
      });
    },
    async [Symbol.asyncDispose]() {
      await events.close();
      await queue.close();
      connection.disconnect();
    },
  };
}

test("a job of any producer becomes a call, and its answer is the call log id", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  installation.work(installation.dispatcher());
  await using producer = await foreignProducer(installation);
  const answer = await producer.ask("foreign-1", { projectId, request });
  expect(answer).toMatchObject({ _id: expect.any(String), repeated: false });
  const { _id } = answer as { _id: string };
  const record = await waitFor(async () => {
    const read = await store.calls.find(_id);
    return read?.status === "Busy" && read;
  });
  expect(record.attempts).toHaveLength(1);
  expect(await producer.queue.getJob("foreign-1")).toBeUndefined();
}, 60_000);

test("a job that is not valid fails for good, in words, and is counted", async () => {
  await using installation = await install();
  const { projectId } = installation;
  const dispatcher = installation.dispatcher();
  installation.work(dispatcher);
  await using producer = await foreignProducer(installation);
  const wrong = { projectId, request: { ...request, toNumber: "555" } };
  await expect(producer.ask("foreign-1", wrong, { attempts: 5 })).rejects.toThrow(
    /^toNumber: must be a phone number/,
  );
  const failed = await producer.queue.getJob("foreign-1");
  expect(failed?.attemptsMade).toBe(1);
  expect(dispatcher.context.tally.read().invalidRequests).toBe(1);
}, 60_000);

test("a job waits while the database is away, whatever its attempts", async () => {
  await using installation = await install();
  const { projectId } = installation;
  const dispatcher = installation.dispatcher();
  const { context } = dispatcher;
  let isAway = true;
  const calls = {
    ...context.calls,
    insertMany: (records: CallRecord[]) =>
      isAway ? Promise.reject(new Error("away")) : context.calls.insertMany(records),
  };
  installation.work({ ...dispatcher, context: { ...context, calls } });
  await using producer = await foreignProducer(installation);
  const answer = producer.ask("foreign-1", { projectId, request });
  await waitFor(async () => (await producer.queue.getJob("foreign-1"))?.isDelayed());
  isAway = false;
  expect(await answer).toMatchObject({ repeated: false });
}, 60_000);

test("a job of a newer release is left to a newer worker; a new field of this version is no harm", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  const dispatcher = installation.dispatcher();
  installation.work(dispatcher);
  await using producer = await foreignProducer(installation);
  const newer = { version: JOB_VERSION + 1, projectId, request: { ...request, carriage: "voice" } };
  await producer.queue.add("whatever", newer, { jobId: "newer" });
  const left = await waitFor(async () => {
    const job = await producer.queue.getJob("newer");
    return (await job?.isDelayed()) && job;
  });
  expect(left.data).toEqual(newer);
  expect(dispatcher.context.tally.read().invalidRequests).toBe(0);
  const same = { version: JOB_VERSION, projectId, request, trace: "abc" };
  expect(await producer.ask("same", same)).toMatchObject({ repeated: false });
  expect(await store.collections.callLogs.countDocuments()).toBe(1);
}, 60_000);
