import { randomUUID } from "node:crypto";

import { JOB_VERSION, QUEUES } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { foreignProducer } from "../testing/foreign-producer.ts";
import { createInstallation, type Installation } from "../testing/installation.ts";

const install = async () =>
  createInstallation({ mongo: await freshDatabase(), redis: await freshRedis() });

const request = { toNumber: "+15550100110", say: "Down" };

/** The hash of a job in Redis, to be made what no producer of BullMQ makes it. */
async function withJobHash(
  { redis: { url, prefix } }: Installation,
  jobId: string,
  act: (client: Redis, key: string) => Promise<unknown>,
): Promise<void> {
  const client = new Redis(url);
  try {
    await act(client, `${prefix}:${QUEUES.requests.name}:${jobId}`);
  } finally {
    client.disconnect();
  }
}

/** What a producer may get wrong, and what is kept of it. */
const WRONG_JOBS: readonly [jobId: string, job: (projectId: string) => unknown, kept: object][] = [
  [
    "an unknown field at this version",
    (projectId) => ({ version: JOB_VERSION, projectId, request: { ...request, carriage: "x" } }),
    {
      fields: ["carriage"],
      reason: expect.stringMatching(/^input: there is no "carriage"; allowed: toNumber,/),
    },
  ],
  [
    "several fields at once",
    (projectId) => ({ projectId, request: { toNumber: "555", sey: "x", tags: [7] } }),
    { fields: expect.arrayContaining(["toNumber", "sey", "tags.0"]) },
  ],
  [
    "a project that there is not",
    () => ({ projectId: randomUUID(), request }),
    { scope: "installation", code: "NOT_FOUND", reason: "there is no such project" },
  ],
  [
    "no id of a project",
    () => ({ projectId: "foo", request }),
    { scope: "installation", fields: ["projectId"] },
  ],
  [
    "JSON in JSON",
    (projectId) => JSON.stringify({ projectId, request }),
    { scope: "installation", fields: ["input"] },
  ],
  ["nothing", () => null, { scope: "installation", fields: ["input"] }],
  ["a list", () => [], { scope: "installation", fields: ["input"] }],
  [
    "half an emoji",
    (projectId) => ({ projectId, request: { ...request, idempotencyKey: "x\ud83d" } }),
    { fields: ["idempotencyKey"], code: "BAD_REQUEST" },
  ],
  [
    "half an emoji in other texts",
    (projectId) => ({ projectId, request: { ...request, tags: ["\ud83d"], purpose: "\ude00" } }),
    { fields: expect.arrayContaining(["tags.0", "purpose"]) },
  ],
  [
    "a deadline that is over",
    (projectId) => ({ projectId, request: { ...request, deadlineAt: "2020-01-01T00:00:00Z" } }),
    { fields: ["deadlineAt"], reason: "deadlineAt: must be in the future" },
  ],
];

test("whatever is wrong with a job, it is started once and kept once, with the fields at fault", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  installation.work(installation.dispatcher());
  await using producer = await foreignProducer(installation);
  for (const [jobId, make, kept] of WRONG_JOBS) {
    const data = make(projectId);
    await expect(producer.ask(jobId, data)).rejects.toThrow(/./);
    expect((await producer.queue.getJob(jobId))?.attemptsStarted).toBe(1);
    const letters = await collectionsOf(store).deadLetters.find({ jobId }).toArray();
    expect(letters).toMatchObject([{ scope: projectId, payload: JSON.stringify(data), ...kept }]);
  }
}, 60_000);

test("a job whose data is no JSON is kept, too, and holds up nobody", async () => {
  await using installation = await install();
  const { store } = installation;
  await using producer = await foreignProducer(installation);
  await producer.queue.add("whatever", {}, { jobId: "raw" });
  await withJobHash(installation, "raw", (client, key) => client.hset(key, "data", "{torn"));
  installation.work(installation.dispatcher());
  const letter = await waitFor(() => collectionsOf(store).deadLetters.findOne({ jobId: "raw" }));
  expect(letter).toMatchObject({ scope: "installation", payload: '"{torn"', fields: ["input"] });
  await waitFor(async () => (await producer.queue.getFailedCount()) === 1);
}, 60_000);

test("the log names the fields at fault, and nothing that was written into them", async () => {
  await using installation = await install();
  const { projectId } = installation;
  const { context, ...dispatcher } = installation.dispatcher();
  const lines: { fields: Record<string, unknown>; text: string }[] = [];
  const write = (fields: object, text: string) => void lines.push({ fields: { ...fields }, text });
  const log = { info: write, warn: write, error: write };
  installation.work({ ...dispatcher, context: { ...context, log } });
  await using producer = await foreignProducer(installation);
  const wrong = {
    say: [{ say: "BLUEBIRD" }, { say: 7 }],
    toNumber: "+1 555 010 01 BLUEBIRD",
    "+15550100177": "x",
    tags: ["BLUEBIRD", ""],
  };
  await expect(producer.ask("job-1", { projectId, request: wrong })).rejects.toThrow(/^toNumber: /);
  const refused = await waitFor(() =>
    lines.find(({ text }) => text === "a call request was refused"),
  );
  const { deadLetterId, fields, ...about } = refused.fields;
  expect(about).toEqual({ jobId: "job-1", projectId, code: "BAD_REQUEST" });
  expect(deadLetterId).toMatch(/^[0-9a-f]{24}$/);
  expect(String(fields).split(" ").toSorted()).toEqual(["?", "say.1.say", "tags.1", "toNumber"]);
  expect(JSON.stringify(lines)).not.toMatch(/BLUEBIRD|5550100/);
}, 60_000);

test("a refused job waits until its dead letter is written", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  const { context, ...dispatcher } = installation.dispatcher();
  let isAway = true;
  const deadLetters: typeof context.deadLetters = {
    ...context.deadLetters,
    keep: (letter) =>
      isAway ? Promise.reject(new Error("away")) : context.deadLetters.keep(letter),
  };
  installation.work({ ...dispatcher, context: { ...context, deadLetters } });
  await using producer = await foreignProducer(installation);
  const answer = producer.ask("job-1", { projectId, request: { say: "x" } });
  const reason = answer.catch((error: Error) => error.message);
  await waitFor(async () => (await producer.queue.getJob("job-1"))?.isDelayed());
  expect(await producer.queue.getFailedCount()).toBe(0);
  isAway = false;
  expect(await reason).toMatch(/^toNumber: /);
  expect(await collectionsOf(store).deadLetters.countDocuments()).toBe(1);
}, 60_000);

test("a failure that nobody knows is tried eight times, then kept", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  const { context, ...dispatcher } = installation.dispatcher();
  const calls = {
    ...context.calls,
    insertMany: () => Promise.reject(new TypeError("x of undefined")),
  };
  await using producer = await foreignProducer(installation);
  await producer.queue.add("whatever", { projectId, request }, { jobId: "job-1" });
  const job = async () => producer.queue.getJob("job-1");
  await withJobHash(installation, "job-1", (client, key) => client.hset(key, "ats", 6));
  installation.work({ ...dispatcher, context: { ...context, calls } });
  await waitFor(async () => (await job())?.isDelayed());
  expect(await collectionsOf(store).deadLetters.countDocuments()).toBe(0);
  await (await job())?.promote();
  await waitFor(async () => (await job())?.isFailed());
  expect(await collectionsOf(store).deadLetters.findOne()).toMatchObject({
    attempts: 8,
    code: "INTERNAL_SERVER_ERROR",
    reason: "call-log could not take this request (TypeError); the log has more",
  });
}, 60_000);

test("a job over which workers die again and again is kept", async () => {
  await using installation = await install();
  const { projectId, store } = installation;
  await using producer = await foreignProducer(installation);
  await producer.queue.add("whatever", { projectId, request }, { jobId: "job-1" });
  await withJobHash(installation, "job-1", (client, key) => client.hset(key, "stc", 6));
  installation.work(installation.dispatcher());
  await waitFor(async () => (await producer.queue.getJob("job-1"))?.isFailed());
  expect(await collectionsOf(store).deadLetters.findOne()).toMatchObject({ scope: projectId });
  expect(await collectionsOf(store).callLogs.countDocuments()).toBe(0);
}, 60_000);
