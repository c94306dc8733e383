import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { connectStore } from "@call-log/store";
import {
  freshDatabase,
  freshRedis,
  keepProcessLog,
  leaksIn,
  programArguments,
  waitFor,
} from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { freePort } from "../free-port.ts";
import { type SentSpan, startOtlpReceiver } from "../testing/otlp-receiver.ts";

const CALLER = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" };
const ANSWERED = "+15550100100";

const sourceOf = (app: string) =>
  fileURLToPath(new URL(`../../../../apps/${app}/src/main.ts`, import.meta.url));

interface Running {
  process: ChildProcess;
  /** What it wrote on standard error. */
  log(): string;
  stop(): Promise<void>;
}

function start(app: string, env: Record<string, string>): Running {
  const child = spawn(process.execPath, programArguments(sourceOf(app)), {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (part: Buffer) => (log += part.toString()));
  const running: Running = {
    process: child,
    log: () => log,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      keepProcessLog(log);
    },
  };
  onTestFinished(() => running.stop());
  return running;
}

/** The installation in its processes, with a collector. */
async function startTraced() {
  const [database, redis, collector] = await Promise.all([
    freshDatabase(),
    freshRedis(),
    startOtlpReceiver(),
  ]);
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-traces-"));
  const store = await connectStore(database);
  const project = await store.projects.create({ name: "Traced", fromNumbers: ["+15551112222"] });
  const { key } = await store.keys.create({
    projectId: project._id,
    permissions: ["Project Owner"],
  });
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const uri = new URL(database.uri);
  uri.pathname = database.databaseName;
  const env = {
    MONGODB_URI: uri.href,
    REDIS_URL: redis.url,
    QUEUE_PREFIX: redis.prefix,
    PUBLIC_URL: url,
    PORT: port,
    PROVIDER: "simulated",
    SIMULATED_SPEED: "20",
    SETTLE_SECONDS: "0.5",
    DATA_DIR: dataDir,
    DRAIN_SECONDS: "0",
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  };
  onTestFinished(async () => {
    await store.close();
    await Promise.all([database.close(), redis.close(), collector.close()]);
    await rm(dataDir, { recursive: true });
  });
  const [api, worker] = [start("api", env), start("worker", env)];
  await waitFor(() => isReady(url), {
    describe: "the api",
    child: api.process,
    printed: () => api.log(),
  });
  return { store, key, url, collector, processes: [api, worker] };
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  );

/** Names of a span, of its process and of its parents, from the first on; commands of the database are left out. */
function pathOf(span: SentSpan, spans: readonly SentSpan[]): string {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  const own = `${span.service.replace("call-log-", "")}: ${span.name}`;
  return parent === undefined ? own : `${pathOf(parent, spans)} > ${own}`;
}

test("a call is one trace: its request, its queues, its database, its provider and its callbacks", async () => {
  const { store, key, url, collector, processes } = await startTraced();
  const answer = await fetch(`${url}/api/call-log`, {
    method: "POST",
    headers: {
      ApiKey: key,
      "content-type": "application/json",
      traceparent: `00-${CALLER.traceId}-${CALLER.spanId}-01`,
    },
    body: JSON.stringify({ toNumber: ANSWERED, say: "Database of shop.example is away" }),
  });
  expect(answer.status).toBe(202);
  const { _id: callLogId } = (await answer.json()) as { _id: string };
  await waitFor(async () => (await store.calls.find(callLogId))?.status === "Completed");
  for (const one of processes) await one.stop();

  const spans = collector.spans.filter(({ traceId }) => traceId === CALLER.traceId);
  const commands = spans.filter(({ attributes }) => attributes["db.system.name"] === "mongodb");
  const steps = spans.filter((span) => !commands.includes(span));
  const paths = new Set(steps.map((span) => pathOf(span, spans)));
  const request = "api: POST /api/call-log";
  const callback = `${request} > api: POST /hooks/:provider/:attemptId/:secret/:kind`;
  expect([...paths].filter((one) => !one.includes(" sweep ")).toSorted()).toEqual([
    request,
    callback,
    `${callback} > api: send call-events`,
    `${callback} > api: send call-events > worker: process call-events`,
    `${request} > api: send call-dispatch`,
    `${request} > api: send call-dispatch > worker: process call-dispatch`,
    `${request} > api: send call-dispatch > worker: process call-dispatch > worker: simulated placeCall`,
  ]);
  expect(spans.find(({ name }) => name === "POST /api/call-log")).toMatchObject({
    parentSpanId: CALLER.spanId,
    kind: 2,
    attributes: { "http.response.status_code": 202, "call_log.call_id": callLogId },
  });
  expect(spans.find(({ name }) => name === "simulated placeCall")).toMatchObject({
    kind: 3,
    attributes: {
      "call_log.call_id": callLogId,
      "call_log.attempt": 1,
      "call_log.provider": "simulated",
      "call_log.answer": "accepted",
    },
  });
  const commandPaths = commands.map((span) => pathOf(span, spans));
  expect(commandPaths).toContain(`${request} > api: insert callLogs`);
  expect(
    commandPaths.some((one) => /process call-dispatch > worker: findAndModify/.test(one)),
  ).toBe(true);
  // Nothing that a log may not hold, and no trace of what runs by itself.
  expect(leaksIn(JSON.stringify(collector.spans))).toEqual([]);
  expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(1);
  expect(await store.calls.find(callLogId)).toHaveProperty("traceparent");
});
