import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { type CallRequestInput, createCallProducer } from "@call-log/client/queue";
import {
  createDispatcher,
  createQueues,
  dispatcherSettings,
  startWorkers,
} from "@call-log/dispatcher";
import { callRequest, issueText } from "@call-log/model";
import { createSimulatedProvider, readLedger } from "@call-log/provider";
import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase, freshRedis, waitFor, suiteLog } from "@call-log/testing";
import { expect, test } from "vitest";

import { buildAlertReceiver } from "./alert-receiver.ts";
import { callForAlert } from "./call-for-alert.ts";

// A number of the simulated provider: a person answers and presses 4.
const ON_CALL = "+15550100100";

const notification = JSON.parse(
  await readFile(new URL("notification.json", import.meta.url), "utf8"),
) as { alerts: Record<string, unknown>[] };

async function pipeline() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-example-"));
  const [database, redis] = await Promise.all([freshDatabase(), freshRedis()]);
  const place = { redisUrl: redis.url, prefix: redis.prefix };
  const store = await connectStore(database);
  const project = await store.projects.create({ name: "Shop", fromNumbers: ["+15551112222"] });
  const provider = createSimulatedProvider({ dataDir, speed: 100 });
  const queues = createQueues({ ...place, log: suiteLog });
  const settings = dispatcherSettings.parse({
    SWEEP_EVERY_SECONDS: 0.2,
    POLL_AFTER_SECONDS: 0.1,
    SETTLE_SECONDS: 0.1,
  });
  const dispatcher = createDispatcher({
    store,
    queues,
    providers: [provider],
    settings,
    log: suiteLog,
  });
  const workers = startWorkers(dispatcher);
  const producer = createCallProducer(place);
  const receiver = buildAlertReceiver({ producer, projectId: project._id, toNumber: ON_CALL });
  return {
    store,
    receiver,
    dialled: () => readLedger(dataDir),
    counted: () => dispatcher.context.metrics.read(),
    async [Symbol.asyncDispose]() {
      for (const part of [receiver, producer, workers, queues, provider, store, redis, database])
        await part.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

test("each firing alert gives one acknowledged call, however often Alertmanager posts it", async () => {
  await using here = await pipeline();
  const post = () =>
    here.receiver.inject({ method: "POST", url: "/alerts", payload: notification });

  expect((await post()).json()).toEqual({ queued: 2, refused: 0 });
  const calls = collectionsOf(here.store).callLogs;
  await waitFor(async () => (await calls.countDocuments({ status: "Completed" })) === 2, {
    describe: "the calls",
  });
  // The second may have found the jobs of the first still waiting, and added none.
  expect((await post()).json()).toEqual({ queued: 2, refused: 0 });
  await waitFor(() => here.counted().repeated >= 2, { describe: "the jobs" });

  const logged = await calls.find().sort({ idempotencyKey: 1 }).toArray();
  expect(logged).toMatchObject([
    {
      idempotencyKey: "alertmanager:7be3f09c51d2a846:2026-11-23T03:12:34.731Z",
      tags: ["alertmanager", "severity:page", "CheckoutErrorRate"],
    },
    {
      idempotencyKey: "alertmanager:c0f5a1d84b1e37a2:2026-11-23T03:12:04.731Z",
      tags: ["alertmanager", "severity:critical", "PostgresDown"],
      toNumber: ON_CALL,
      acknowledgedAt: expect.any(Date),
      callData: { message: "The database of shop.example is down. Press 4 to acknowledge." },
    },
  ]);
  expect(here.counted()).toMatchObject({
    accepted: 2,
    invalidRequests: 0,
    dialled: 2,
  });
  expect(await here.dialled()).toHaveLength(2);
});

test("while Redis is away the answer is an error, so that Alertmanager posts again", async () => {
  const producer = { add: () => Promise.reject(new Error("Redis is away")) };
  await using receiver = buildAlertReceiver({ producer, projectId: "x", toNumber: ON_CALL });
  const posted = await receiver.inject({ method: "POST", url: "/alerts", payload: notification });
  expect(posted.statusCode).toBe(500);
});

test("Grafana's notification gives a call that says its summary", async () => {
  const body = JSON.parse(
    await readFile(new URL("grafana-notification.json", import.meta.url), "utf8"),
  ) as { alerts: unknown[]; version: string };
  expect(body.version).toBe("1");
  const { added, post } = checked();
  const answer = await post(body.alerts, body);
  expect([answer.statusCode, answer.json()]).toEqual([200, { queued: 1, refused: 0 }]);
  const { idempotencyKey, say } = callRequest.parse(added[0]);
  expect(idempotencyKey).toBe("alertmanager:c6eadffa33fcdf37:2026-11-23T04:51:03.157076+02:00");
  const text = "The memory of web-1 is nearly used up. Press 4 to acknowledge.";
  expect(say).toMatchObject([{ gather: { say: text } }]);
});

test("what is not a notification of version 1 or 4 is refused", async () => {
  const producer = { add: () => Promise.reject(new Error("nothing is to be queued")) };
  await using receiver = buildAlertReceiver({ producer, projectId: "x", toNumber: ON_CALL });
  for (const payload of [{}, { ...notification, version: "3" }, { version: "4", alerts: {} }])
    expect((await receiver.inject({ method: "POST", url: "/alerts", payload })).statusCode).toBe(
      400,
    );
});

const ALERT = {
  status: "firing" as const,
  labels: { alertname: "DiskFull", severity: "page" },
  annotations: {},
  fingerprint: "a",
  startsAt: "2026-11-23T03:12:04Z",
};

/** A receiver over a producer that checks requests as the real one does, and what it was given. */
function checked() {
  const added: CallRequestInput[] = [];
  const add = async (_projectId: string, request: CallRequestInput) => {
    const { error } = callRequest.safeParse(request);
    if (error !== undefined) throw new TypeError(issueText(error));
    added.push(request);
    return { jobId: String(added.length) };
  };
  const receiver = buildAlertReceiver({ producer: { add }, projectId: "x", toNumber: ON_CALL });
  const post = async (alerts: unknown[], body: object = { version: "4", alerts }) =>
    receiver.inject({ method: "POST", url: "/alerts", payload: body });
  return { added, post };
}

test("an alert that can't be read, or asked for, does not keep the others from their calls", async () => {
  const { added, post } = checked();
  const numeric = { ...ALERT, labels: { alertname: "DiskFull", severity: 5 } };
  const endless = { ...ALERT, fingerprint: "x".repeat(300) };
  const answer = await post([numeric, { status: "firing" }, endless, ALERT]);
  expect([answer.statusCode, answer.json()]).toEqual([200, { queued: 1, refused: 3 }]);
  expect(added).toMatchObject([{ idempotencyKey: "alertmanager:a:2026-11-23T03:12:04Z" }]);
});

test("a group of a thousand alerts is taken", async () => {
  const { added, post } = checked();
  const annotations = { summary: "x".repeat(400), description: "y".repeat(1100) };
  const alerts = Array.from({ length: 1000 }, (_, index) => ({
    ...ALERT,
    annotations,
    fingerprint: String(index),
  }));
  expect((await post(alerts)).json()).toEqual({ queued: 1000, refused: 0 });
  expect(added).toHaveLength(1000);
});

test.each([
  ["an empty summary", { summary: "" }, {}, "DiskFull is firing. Press 4 to acknowledge."],
  ["a summary of spaces", { summary: " \n" }, {}, "DiskFull is firing. Press 4 to acknowledge."],
  ["no name either", {}, { alertname: "" }, "An alert is firing. Press 4 to acknowledge."],
  [
    "a summary that is cut at an emoji",
    { summary: `${"a".repeat(499)}🔥🔥` },
    {},
    `${"a".repeat(499)} Press 4 to acknowledge.`,
  ],
  ["half an emoji", { summary: "down \ud83d" }, {}, "down Press 4 to acknowledge."],
])("of %s, what is said is whole", (...[, annotations, labels, text]) => {
  const call = callForAlert(
    {
      ...ALERT,
      annotations: annotations as Record<string, string>,
      labels: { ...ALERT.labels, ...labels },
    },
    ON_CALL,
  );
  const { say, tags } = callRequest.parse(call);
  expect(say).toMatchObject([{ gather: { say: text } }]);
  expect(tags).toHaveLength(3);
});

test("an alert that comes back later is another call", () => {
  const keys = [ALERT, { ...ALERT, startsAt: "2026-11-24T03:12:04Z" }].map(
    (one) => callForAlert(one, ON_CALL)?.idempotencyKey,
  );
  expect(new Set(keys).size).toBe(2);
});
