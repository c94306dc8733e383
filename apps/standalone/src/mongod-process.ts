import { once } from "node:events";
import { readdir, rm } from "node:fs/promises";

import { StartError } from "@call-log/runtime";

import type { BackingServer } from "./backing-server.ts";
import { startDependent, type DependentProcess } from "./dependent-process.ts";
import { findProgram } from "./find-program.ts";
import { keepRunning } from "./keep-running.ts";
import { type MongodAccess, type MongodFiles, mongodFiles, prepareMongod } from "./mongod-files.ts";
import { mongodUri, NAME, openReplicaSet, shutDownMongod } from "./mongod-replica-set.ts";

/** Milliseconds that a mongod may take until it takes writes; it may have a journal to recover. */
const READY_WITHIN_MS = 60_000;

/** Path of `mongod`, or undefined when PATH has none. */
export function findMongod(): Promise<string | undefined> {
  return findProgram("mongod");
}

/**
 * Start a mongod with its data under `dataDir`, as a replica set of one that is reachable on loopback by password only. One that is killed is
 * started again, on the same data and at the same address. Rejects with a StartError when it does not get ready.
 */
export async function spawnMongod(
  binary: string,
  { dataDir, mustHaveData }: { dataDir: string; mustHaveData: boolean },
): Promise<BackingServer> {
  const files = mongodFiles(dataDir);
  if (mustHaveData) await assertData(files, dataDir);
  const access = await prepareMongod(files);
  await rm(files.logPath, { force: true });
  const start = () => startProcess(binary, files, access);
  const child = start();
  await untilReady(child, access, files);
  const kept = keepRunning(child, start);
  return {
    uri: mongodUri(access),
    label: "mongod",
    close: () => stop(access, kept.release()),
  };
}

// An empty folder would look like a new installation.
async function assertData({ dbPath }: MongodFiles, dataDir: string): Promise<void> {
  const names = await readdir(dbPath).catch(() => []);
  if (names.length > 0) return;
  throw new StartError(
    `DATA_DIR: ${dbPath} is missing or empty, but ${dataDir} held an installation; restore it from a backup, or set DATA_DIR to an empty folder for a new one`,
  );
}

// No secret is an argument: those can be read by every user of the machine.
function startProcess(
  binary: string,
  { folder, dbPath, keyFile, logPath }: MongodFiles,
  { port }: MongodAccess,
): DependentProcess {
  const options = {
    dbpath: dbPath,
    port: String(port),
    bind_ip: "127.0.0.1",
    replSet: NAME,
    keyFile,
    logpath: logPath,
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return startDependent(binary, {
    args: [...args, "--logappend", "--nounixsocket"],
    cwd: folder,
    input: "",
  });
}

async function untilReady(
  { shell, kill }: DependentProcess,
  access: MongodAccess,
  { logPath }: MongodFiles,
): Promise<void> {
  const stopped = new AbortController();
  const ended = once(shell, "exit", { signal: stopped.signal }).then(() => "it ended");
  const late = new Promise<string>((resolve) =>
    setTimeout(resolve, READY_WITHIN_MS, "it takes no writes").unref(),
  );
  const ready = openReplicaSet(access, stopped.signal).then(() => undefined);
  // What the others come to once one of them is there is of no interest.
  ended.catch(() => {});
  ready.catch(() => {});
  const failed = (error: unknown) => (error instanceof Error ? error.message : String(error));
  const why = await Promise.race([ready, ended, late]).catch(failed);
  stopped.abort();
  if (why === undefined) return;
  kill();
  throw new StartError(
    `mongod was found on PATH but did not start on port ${access.port}: ${why}; see ${logPath}, or set MONGODB_URI or DATABASE_ENGINE=embedded`,
  );
}

async function stop(access: MongodAccess, { shell, kill }: DependentProcess): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const ended = once(shell, "exit");
  if (!(await shutDownMongod(access))) kill();
  await ended;
}
