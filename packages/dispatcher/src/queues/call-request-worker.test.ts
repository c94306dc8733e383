import { type CallRecord, JOB_VERSION } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { foreignProducer } from "../testing/foreign-producer.ts";
import { createInstallation } from "../testing/installation.ts";

const install = async () =>
  createInstallation({ mongo: await freshDatabase(), redis: await freshRedis() });

const request = { toNumber: "+15550100110", say: "Down" };

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

test("a job that is not valid is kept with its reason, fails for good, in words, and is counted", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  const dispatcher = installation.dispatcher();
  installation.work(dispatcher);
  await using producer = await foreignProducer(installation);
  const wrong = { projectId, request: { ...request, toNumber: "555" } };
  await expect(producer.ask("foreign-1", wrong, { attempts: 5 })).rejects.toThrow(
    /^toNumber: must be a phone number/,
  );
  const failed = await producer.queue.getJob("foreign-1");
  expect(failed?.attemptsMade).toBe(1);
  expect(dispatcher.context.metrics.read().invalidRequests).toBe(1);
  const [letter, ...others] = await collectionsOf(store).deadLetters.find().toArray();
  expect(others).toEqual([]);
  expect(letter).toMatchObject({
    scope: projectId,
    projectId,
    state: "open",
    jobId: "foreign-1",
    madeAt: new Date(failed?.timestamp ?? 0),
    version: 1,
    attempts: 1,
    code: "BAD_REQUEST",
    reason: expect.stringMatching(/^toNumber: must be a phone number/),
    fields: ["toNumber"],
    payload: JSON.stringify(wrong),
    isSensitive: false,
  });
}, 60_000);

test("a job waits while the database is away, whatever its attempts", async () => {
  await using installation = await install();
  const { projectId, mongo } = installation;
  const dispatcher = installation.dispatcher();
  const { context } = dispatcher;
  const away = await connectStore(mongo);
  await away.close();
  let isAway = true;
  const calls = {
    ...context.calls,
    insertMany: (records: CallRecord[]) =>
      (isAway ? away : installation.store).calls.insertMany(records),
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
  expect(dispatcher.context.metrics.read().invalidRequests).toBe(0);
  const same = { version: JOB_VERSION, projectId, request, trace: "abc" };
  expect(await producer.ask("same", same)).toMatchObject({ repeated: false });
  expect(await collectionsOf(store).callLogs.countDocuments()).toBe(1);
}, 60_000);
