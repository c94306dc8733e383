import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { freshDatabase, freshRedis, programArguments, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { freshFolder, startProcess } from "./standalone-process.ts";

const TOKEN = "token-of-the-test-0123456789";

/** An api or a worker on these servers; where it serves metrics, and how to end it. */
async function started(app: "api" | "worker", env: Record<string, string>) {
  const main = fileURLToPath(new URL(`../../${app}/src/main.ts`, import.meta.url));
  const child = spawn(process.execPath, programArguments(main), {
    env: { PATH: process.env["PATH"] ?? "", PROVIDER: "simulated", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, "close");
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  onTestFinished(() => end("SIGKILL"));
  const address = () => /^metrics and health: (\S+)$/m.exec(output)?.[1];
  const url = await waitFor(address, { describe: app, child });
  return { child, url, end };
}

async function get(url: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(20_000) });
  return { status: response.status, text: await response.text() };
}

test("api and worker serve metrics and health on a port of their own; the api those of the installation", async () => {
  const [database, redis, folder] = await Promise.all([
    freshDatabase(),
    freshRedis(),
    freshFolder(),
  ]);
  onTestFinished(async () => {
    await database.close();
    await redis.close();
    await folder[Symbol.asyncDispose]();
  });
  const uri = new URL(database.uri);
  uri.pathname = `/${database.databaseName}`;
  const settings = {
    MONGODB_URI: uri.href,
    REDIS_URL: redis.url,
    QUEUE_PREFIX: redis.prefix,
    DATA_DIR: folder.path,
    METRICS_PORT: "0",
  };
  const api = await started("api", settings);
  const worker = await started("worker", { ...settings, METRICS_TOKEN: TOKEN });
  for (const { url } of [api, worker]) {
    expect(await get(`${url}/health/live`)).toEqual({ status: 200, text: '{"status":"live"}' });
    expect((await get(`${url}/health/ready`)).text).toBe(
      '{"status":"ready","mongodb":"up","redis":"up"}',
    );
  }
  expect((await get(`${worker.url}/metrics`)).status).toBe(401);
  const own = await get(`${worker.url}/metrics`, TOKEN);
  expect(own.text).toMatch(/^call_log_build_info\{.*role="worker"\} 1$/m);
  // Only an api reads the database for its scrapes.
  expect(own.text).not.toMatch(/^call_log_workers /m);
  await waitFor(async () => /^call_log_workers 1$/m.test((await get(`${api.url}/metrics`)).text), {
    describe: "the worker in the metrics of the api",
  });
  const { text } = await get(`${api.url}/metrics`);
  expect(text).toMatch(/^call_log_server_up\{server="mongodb"\} 1$/m);
  expect(text).toMatch(/^call_log_calls_open\{status="Queued"\} 0$/m);
  expect(text).toMatch(/^call_log_queue_jobs\{queue="call-dispatch",state="waiting"\} 0$/m);
});

test("standalone serves /metrics on its own port for a token, and without one there is no such address", async () => {
  await using folder = await freshFolder();
  await using other = await freshFolder();
  await using open = startProcess(folder.path);
  await using guarded = startProcess(other.path, { METRICS_TOKEN: TOKEN });
  const [{ url: openUrl }, { url }] = await Promise.all([open.ready(), guarded.ready()]);
  expect((await get(`${openUrl}/metrics`, TOKEN)).status).toBe(404);
  expect((await get(`${url}/metrics`)).status).toBe(401);
  expect((await get(`${url}/metrics`, `${TOKEN}x`)).status).toBe(401);
  const { status, text } = await get(`${url}/metrics`, TOKEN);
  expect(status).toBe(200);
  expect(text).toMatch(/^call_log_embedded_database_bytes [1-9]\d+$/m);
  expect(text).toMatch(
    /^call_log_http_requests_total\{method="GET",route="\/metrics",code="401"\} 2$/m,
  );
});
