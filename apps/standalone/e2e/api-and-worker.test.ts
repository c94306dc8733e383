import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { freshDatabase, freshRedis, programArguments, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { freshFolder } from "./standalone-process.ts";

interface Line {
  level: number;
  msg: string;
  [field: string]: unknown;
}

/** An installation of one database and one Redis, and a function that starts an app on it. */
async function installation() {
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
  const servers = {
    // Only what it takes to run: nothing of the environment that the tests run in.
    PATH: process.env["PATH"] ?? "",
    MONGODB_URI: uri.href,
    REDIS_URL: redis.url,
    QUEUE_PREFIX: redis.prefix,
    DATA_DIR: folder.path,
    PORT: "0",
  };
  return (app: string, settings: Record<string, string>) => start(app, { ...servers, ...settings });
}

function start(app: string, env: Record<string, string>) {
  const main = fileURLToPath(new URL(`../../${app}/src/main.ts`, import.meta.url));
  const child = spawn(process.execPath, programArguments(main), {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].on("data", (chunk: Buffer) => (printed[stream] += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const end = async () => {
    child.kill("SIGTERM");
    return ended;
  };
  onTestFinished(async () => void (await end()));
  // Throws where a line of the log is not JSON.
  const lines = () =>
    printed.stderr
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
  return { child, ended, end, lines, printed };
}

/** The first line of a process. */
const started = ({ child, printed }: ReturnType<typeof start>) =>
  waitFor(() => printed.stdout !== "", {
    describe: "its first line",
    child,
    printed: () => printed.stderr,
  });

test.each(["api", "worker"])(
  "%s does not start until it is said who places the calls",
  async (app) => {
    const process_ = (await installation())(app, {});
    expect(await process_.ended).toBe(1);
    expect(process_.printed.stdout).toBe("");
    expect(process_.lines()).toMatchObject([
      { level: 60, msg: expect.stringMatching(/^PROVIDER: must be set: accounts with commas/) },
    ]);
  },
);

test("an api and a worker with other providers say so, in logs that are JSON lines on standard error alone", async () => {
  const run = await installation();
  const api = run("api", { PROVIDER: "simulated", POLL_AFTER_SECOND: "5" });
  await started(api);
  expect(api.printed.stdout).toMatch(/^call-log api: http:\/\/127\.0\.0\.1:\d+\n$/);
  await expect.poll(api.lines).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ level: 40, msg: "the simulated provider: no phone rings" }),
      expect.objectContaining({
        level: 40,
        setting: "POLL_AFTER_SECOND",
        meant: "POLL_AFTER_SECONDS",
      }),
      expect.objectContaining({ level: 30, msg: expect.stringContaining("Server listening") }),
    ]),
  );
  const worker = run("worker", { PROVIDER: "simulated-backup" });
  await started(worker);
  await expect.poll(worker.lines).toContainEqual(
    expect.objectContaining({
      level: 40,
      msg: "processes run with different PROVIDER lists",
      lists: expect.stringMatching(/^simulated \(api .*\); simulated-backup \(worker .*\)$/),
    }),
  );
  expect(await worker.end()).toBe(0);
  expect(await api.end()).toBe(0);
  for (const one of [api, worker])
    expect(one.lines().map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(["stopping on SIGTERM …", "stopped"]),
    );
});
