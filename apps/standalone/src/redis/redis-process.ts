import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { freePort, StartError } from "@call-log/runtime";
import { Redis } from "ioredis";

import type { BackingServer } from "../backing-server.ts";
import { startDependent, type DependentProcess } from "../dependent-process.ts";
import { findProgram } from "../find-program.ts";
import { keepRunning } from "../keep-running.ts";
import { newPassword } from "../new-password.ts";

/** Milliseconds that a redis-server may take until it answers. */
const READY_WITHIN_MS = 10_000;
/** Path of `redis-server`, or undefined when PATH has none. */
export function findRedisBinary(): Promise<string | undefined> {
  return findProgram("redis-server");
}

/**
 * Start a redis-server with its data under `dataDir`, reachable on loopback by password only. One that is killed is started again, on the
 * same data and at the same address.
 */
export async function spawnRedis(binary: string, dataDir: string): Promise<BackingServer> {
  const folder = path.join(dataDir, "redis");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const addressFile = path.join(folder, "address");
  await stopOrphan(addressFile);
  const password = newPassword();
  const port = await freePort();
  const uri = `redis://:${password}@127.0.0.1:${port}`;
  const start = () => startProcess(binary, { folder, port, password });
  const child = start();
  await writeFile(addressFile, uri, { mode: 0o600 });
  await untilReady(uri, child);
  const kept = keepRunning(child, start);
  return { uri, label: "redis-server", close: () => stop(uri, kept.release()) };
}

// The configuration goes in by standard input: arguments can be read by every user of the machine.
function startProcess(
  binary: string,
  options: { folder: string; port: number; password: string },
): DependentProcess {
  const { folder, port, password } = options;
  const lines = [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    "appendonly yes",
    "appendfsync everysec",
    'save ""',
    "maxmemory-policy noeviction",
    "daemonize no",
  ];
  return startDependent(binary, { args: ["-"], cwd: folder, input: `${lines.join("\n")}\n` });
}

async function untilReady(uri: string, { shell }: DependentProcess): Promise<void> {
  const client = new Redis(uri, {
    lazyConnect: true,
    maxRetriesPerRequest: null,
    retryStrategy: () => 50,
  });
  client.on("error", () => {});
  const ended = once(shell, "exit").then(() => false);
  const late = new Promise<boolean>((resolve) =>
    setTimeout(resolve, READY_WITHIN_MS, false).unref(),
  );
  const answered = client.ping().then(() => true);
  const ready = await Promise.race([answered, ended, late]).catch(() => false);
  client.disconnect();
  if (!ready)
    throw new StartError("redis-server was found on PATH but did not start; set REDIS_URL instead");
}

async function stop(uri: string, { shell, kill }: DependentProcess): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const ended = once(shell, "exit");
  if (!(await shutDown(uri))) kill();
  await ended;
}

// One that an earlier release left behind; two must not share one folder.
async function stopOrphan(addressFile: string): Promise<void> {
  const uri = await readFile(addressFile, "utf8").catch(() => undefined);
  if (uri !== undefined) await shutDown(uri);
}

/** Ask a redis-server to save and end, and wait until it has; false when nobody answers under that address and password. */
async function shutDown(uri: string): Promise<boolean> {
  const client = new Redis(uri, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on("error", () => {});
  const connected = await client.connect().then(
    () => true,
    () => false,
  );
  // The answer to SHUTDOWN is the end of the connection, which ioredis reports as an error.
  if (connected) await Promise.allSettled([client.shutdown()]);
  client.disconnect();
  return connected;
}
