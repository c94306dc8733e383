import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  createDispatcher,
  createQueues,
  dispatcherSettings,
  type LogFields,
  type WorkerInfo,
} from "@call-log/dispatcher";
import { createSimulatedProvider } from "@call-log/provider";
import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { callRecord, freshDatabase, freshRedis, keepExpired, suiteLog } from "@call-log/testing";
import { Webhook } from "standardwebhooks";
import { describe, expect, onTestFinished, test } from "vitest";

import { healthChannels } from "./health-channels.ts";
import { watchRound } from "./health-watch.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const NO_CHANNELS = {};

/** An installation without a worker, with a clock that a test moves. */
async function freshInstallation() {
  const [database, redis] = await Promise.all([freshDatabase(), freshRedis()]);
  const clock = { at: new Date("2099-01-01T00:00:00Z") };
  const now = () => clock.at;
  const { uri, databaseName } = database;
  const store = await connectStore({ uri, databaseName, now });
  await keepExpired(collectionsOf(store));
  const queues = createQueues({ redisUrl: redis.url, prefix: redis.prefix, log: suiteLog });
  const settings = dispatcherSettings.parse({});
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-watch-"));
  const providers = [createSimulatedProvider({ dataDir })];
  const dispatcher = createDispatcher({ store, queues, providers, settings, log: suiteLog, now });
  const { _id: projectId } = await store.projects.create({
    name: "Operations",
    fromNumbers: ["+15551112222"],
  });
  onTestFinished(async () => {
    await providers[0]?.close();
    await rm(dataDir, { recursive: true });
    await queues.close();
    await store.close();
    await redis.close();
    await database.close();
  });
  const alive = new Set<string>();
  const worker: WorkerInfo = {
    id: "w",
    host: "node-1",
    pid: 7,
    startedAt: now().toISOString(),
    lag: [],
    concurrency: { requests: 1, dispatch: 1, events: 1 },
  };
  const lines: string[] = [];
  const write = (level: string) => (fields: LogFields, text: string) =>
    void lines.push(`${level} ${fields["problem"] ?? fields["channel"] ?? ""} ${text}`);
  const log = { info: write("info"), warn: write("warn"), error: write("error") };
  const watching = (given: Parameters<typeof healthChannels>[0] = NO_CHANNELS) => {
    const { problems, webhookEndpoints, webhookDeliveries } = store;
    const webhooks = { webhookEndpoints, webhookDeliveries };
    const channels = healthChannels(given, { dispatcher, problems, now, log, ...webhooks });
    return { store, queues, settings, now, log, channels };
  };
  const pass = (seconds: number) => {
    clock.at = new Date(clock.at.getTime() + seconds * 1000);
  };
  /** Rounds of a process, ten seconds from one to the next. */
  const rounds = async (watch: ReturnType<typeof watching>, count: number) => {
    for (let round = 0; round < count; round += 1) {
      pass(10);
      // In Redis it would expire by the time of day.
      if (alive.has("w")) await queues.presence.announce(worker);
      await watchRound(watch);
    }
  };
  const startWorker = async () => {
    alive.add("w");
    await queues.presence.announce(worker);
  };
  const stopWorker = async () => {
    alive.delete("w");
    await queues.presence.leave("w");
  };
  return {
    store,
    queues,
    clock,
    projectId,
    worker,
    watching,
    rounds,
    pass,
    lines,
    startWorker,
    stopWorker,
  };
}

interface Post {
  headers: IncomingMessage["headers"];
  body: string;
}

/** A receiver of webhooks that answers with the status that it is given. */
async function receiver() {
  const posts: Post[] = [];
  const answer = { status: 200 };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      posts.push({ headers: request.headers, body });
      response.writeHead(answer.status, { location: "/elsewhere" }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return { posts, answer, url: `http://127.0.0.1:${port}/hook/` };
}

describe("the watch", () => {
  test("says within 80 seconds that no worker is alive, once, and when one is again", async () => {
    const { store, watching, rounds, lines, startWorker, stopWorker } = await freshInstallation();
    const [api, other] = [watching(), watching()];
    await rounds(api, 6);
    expect(lines).toEqual([]);
    // The process that looked first is dead; another one goes on.
    await rounds(other, 2);
    expect(lines).toEqual([
      expect.stringMatching(/^error no-worker No worker takes jobs: No worker is alive\. Start /),
    ]);
    await watchRound(api);
    await rounds(api, 5);
    expect(await store.problems.current()).toMatchObject([{ rule: "no-worker" }]);
    await startWorker();
    await rounds(other, 2);
    // Gone for a moment is the same problem.
    await stopWorker();
    await rounds(other, 1);
    await startWorker();
    await rounds(api, 4);
    expect(lines.slice(1)).toEqual(["info no-worker ended: No worker takes jobs"]);
    expect(await store.problems.current()).toEqual([]);
  });

  test("knows of Redis that it is away, and keeps what it can't know", async () => {
    const { store, queues, watching, rounds, lines, startWorker } = await freshInstallation();
    await startWorker();
    const away = () => Promise.reject(new Error("away"));
    const watch = watching();
    const presence = { ...queues.presence, list: away };
    await rounds({ ...watch, queues: { ...queues, presence } } as typeof watch, 8);
    expect(await store.problems.current()).toMatchObject([
      { rule: "no-worker", text: "Redis is away, so no worker can take a job." },
    ]);
    expect(lines).toHaveLength(1);
  });

  test("names a provider whose callbacks do not come, until one comes", async () => {
    const { watching, rounds, lines, startWorker, worker, clock } = await freshInstallation();
    const at = clock.at.toISOString();
    worker.silence = { twilio: { silent: { a: at, b: at, c: at } } };
    await startWorker();
    const watch = watching();
    await rounds(watch, 6);
    expect(lines).toEqual([]);
    await rounds(watch, 1);
    expect(lines).toEqual([
      expect.stringMatching(/^warn callbacks-late .* last 3 calls through twilio has come/),
    ]);
    worker.silence = { twilio: { heardAt: clock.at.toISOString(), silent: {} } };
    await rounds(watch, 31);
    expect(lines.slice(1)).toEqual([
      "info callbacks-late ended: Callbacks are late or do not come",
    ]);
  });

  test("names a paused provider account that is in use", async () => {
    const { store, watching, rounds, lines, startWorker, clock } = await freshInstallation();
    await startWorker();
    const info = { id: "a", role: "api", host: "n", pid: 1, startedAt: clock.at, simulated: [] };
    await store.processes.announce({ ...info, providers: ["twilio"] });
    await store.providerStates.pause("twilio", { by: "configuration", reason: "secret words" });
    await store.providerStates.pause("gone", { by: "person", reason: "x" });
    await rounds(watching(), 2);
    expect(lines).toEqual([expect.stringMatching(/^warn provider-paused .* twilio is paused by /)]);
    expect(lines.join()).not.toContain("secret words");
  });
});

describe("the webhook", () => {
  test("gets beginning and end of a problem, signed, under an id each", async () => {
    const { watching, rounds, startWorker } = await freshInstallation();
    const { posts, url } = await receiver();
    const watch = watching({ HEALTH_WEBHOOK_URL: url, HEALTH_WEBHOOK_SECRET: SECRET });
    await rounds(watch, 8);
    await startWorker();
    await rounds(watch, 5);
    expect(posts).toHaveLength(2);
    const [began, ended] = posts.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(began).toMatchObject({
      type: "health.problem.began",
      data: {
        rule: "no-worker",
        severity: "critical",
        title: "No worker takes jobs",
        text: "No worker is alive.",
        docs: "reference/problems.md#no-worker",
        projectId: null,
        endedAt: null,
      },
    });
    expect(ended).toMatchObject({
      type: "health.problem.ended",
      data: { id: (began!["data"] as { id: string }).id, endedAt: expect.any(String) },
    });
    for (const { headers, body } of posts) verify(body, headers);
    expect(posts[0]!.headers["webhook-id"]).not.toBe(posts[1]!.headers["webhook-id"]);
  });

  test("that fails is tried again after growing waits, with the same id, and no redirect is followed", async () => {
    const { watching, rounds, pass } = await freshInstallation();
    const { posts, answer, url } = await receiver();
    const watch = watching({ HEALTH_WEBHOOK_URL: url, HEALTH_WEBHOOK_SECRET: SECRET });
    answer.status = 302;
    await rounds(watch, 7);
    expect(posts).toHaveLength(1);
    await rounds(watch, 1);
    expect(posts).toHaveLength(2);
    await rounds(watch, 1);
    expect(posts).toHaveLength(2);
    answer.status = 204;
    pass(20);
    await rounds(watch, 1);
    expect(posts).toHaveLength(3);
    expect(new Set(posts.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    await rounds(watch, 20);
    expect(posts).toHaveLength(3);
  });
});

describe("endpoints", () => {
  test("of the installation get every problem, those of a project its own alone", async () => {
    const { store, watching, rounds, startWorker, clock, projectId } = await freshInstallation();
    const { _id: shop } = await store.projects.create({ name: "Shop" });
    const url = "https://hooks.example.com/";
    const installation = await store.webhookEndpoints.create(null, { url });
    const ofShop = await store.webhookEndpoints.create(shop, { url });
    await store.webhookEndpoints.create(projectId, { url });
    await stuckCall(store, shop, clock.at);
    const watch = watching();
    await rounds(watch, 15);
    await startWorker();
    await rounds(watch, 5);
    const all = { state: "all", skip: 0, limit: 100 } as const;
    const of = async (scope: string | null) =>
      (await store.webhookDeliveries.list(scope, all)).data;
    const shown = (deliveries: Awaited<ReturnType<typeof of>>) =>
      deliveries.map(({ endpointId, type }) => ({ endpointId, type }));
    const began = { type: "problem.began" };
    const ended = { type: "problem.ended" };
    const { _id: operators } = installation.endpoint;
    expect(shown(await of(null))).toEqual(
      expect.arrayContaining([
        { endpointId: operators, ...began },
        { endpointId: operators, ...ended },
      ]),
    );
    const [problem, ...others] = await of(shop);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ endpointId: ofShop.endpoint._id, ...began, state: "pending" });
    const found = await store.webhookDeliveries.find(shop, problem!._id);
    expect(JSON.parse(found!.body)).toMatchObject({
      type: "problem.began",
      timestamp: expect.any(String),
      data: { projectId: shop, problem: { rule: "call-stuck", projectId: shop, endedAt: null } },
    });
    // The same event to the operators; a repetition of the look adds none.
    expect((await of(null)).map(({ eventId }) => eventId)).toContain(problem!.eventId);
    expect(await of(projectId)).toEqual([]);
  });
});

describe("the call", () => {
  const calls = (store: Awaited<ReturnType<typeof freshInstallation>>["store"]) =>
    collectionsOf(store).callLogs.find().toArray();

  test("is placed once for a critical problem, and not while no call goes out", async () => {
    const made = await freshInstallation();
    const { store, projectId, watching, rounds, startWorker, clock } = made;
    const watch = watching({ HEALTH_CALL_TO: "+15550100100", HEALTH_CALL_PROJECT: projectId });
    await rounds(watch, 8);
    expect(await store.problems.current()).toMatchObject([{ rule: "no-worker" }]);
    expect(await calls(store)).toEqual([]);
    await startWorker();
    await rounds(watch, 5);
    expect(await calls(store)).toEqual([]);
    const { _id: shop } = await store.projects.create({ name: "Shop" });
    await stuckCall(store, shop, clock.at);
    await startWorker();
    await rounds(watch, 30);
    const placed = (await calls(store)).filter(({ tags }) => tags?.includes("call-log-health"));
    expect(placed).toMatchObject([
      {
        projectId,
        toNumber: "+15550100100",
        callData: { message: expect.stringContaining("Calls are stuck") },
        plan: { priority: "emergency" },
      },
    ]);
    // It is not dialled, so it is overdue, too; but no problem by itself.
    expect(await store.problems.current(projectId)).toEqual([]);
  });

  test("is refused by a project that there is not, in one line without the number", async () => {
    const { store, watching, rounds, startWorker, lines, clock } = await freshInstallation();
    const HEALTH_CALL_PROJECT = "00000000-0000-4000-8000-000000000000";
    const watch = watching({ HEALTH_CALL_TO: "+15550100100", HEALTH_CALL_PROJECT });
    await startWorker();
    await stuckCall(store, (await store.projects.create({ name: "Shop" }))._id, clock.at);
    await rounds(watch, 12);
    const refused = lines.filter((line) => line.includes("was refused"));
    expect(refused).toHaveLength(1);
    expect(lines.join()).not.toContain("15550100100");
  });
});

async function stuckCall(
  store: Awaited<ReturnType<typeof freshInstallation>>["store"],
  projectId: string,
  wakeAt: Date,
): Promise<void> {
  await store.calls.insertMany([callRecord({ projectId, wakeAt, status: "Queued" })]);
}

function verify(body: string, headers: IncomingMessage["headers"]): void {
  const signed = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(
    (name) => [name, String(headers[name])] as const,
  );
  const {
    "webhook-id": id,
    "webhook-timestamp": at,
    "webhook-signature": signature,
  } = Object.fromEntries(signed);
  const expected = new Webhook(SECRET).sign(id!, new Date(Number(at) * 1000), body);
  expect(signature).toBe(expected);
}
