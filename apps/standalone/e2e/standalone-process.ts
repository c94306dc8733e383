import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { standaloneAddress, type StandaloneAddress } from "@call-log/model";
import { keepProcessLog, programArguments, waitFor } from "@call-log/testing";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** Settings that make a minute of waiting a second, so that whole lives of calls fit into a test. */
export const COMPRESSED_TIME = {
  SIMULATED_SPEED: "50",
  PROVIDER_TIMEOUT_SECONDS: "2",
  CLAIM_DEADLINE_SECONDS: "4",
  UNKNOWN_WINDOW_SECONDS: "5",
  POLL_AFTER_SECONDS: "2",
  REQUEUE_AFTER_SECONDS: "3",
  SETTLE_SECONDS: "0.5",
  PRICE_POLL_SECONDS: "0.5,1,2,4,8,16",
  RECORD_POLL_SECONDS: "0.5",
  SWEEP_EVERY_SECONDS: "0.5",
};

/** A free port, and the embedded MongoDB also where a mongod is on PATH. */
const OWN = { PORT: "0", DATABASE_ENGINE: "embedded" };

/** A standalone process that a test started. */
export interface StandaloneProcess extends AsyncDisposable {
  /** Where it can be reached; rejects when it ended instead. */
  ready(): Promise<StandaloneAddress>;
  /** Standard output, and error output, so far. */
  output(): string;
  errors(): string;
  /** Send a signal and wait for the end; the exit code, or null after a killing signal. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves when it has ended by itself. */
  ended: Promise<number | null>;
}

/** Start a standalone process on a folder, as `npm start` does, but from source unless TEST_FROM_BUILD is set. */
export function startProcess(
  dataDir: string,
  settings: Record<string, string> = {},
): StandaloneProcess {
  const child = spawn(process.execPath, programArguments(main), {
    env: { ...inheritedEnvironment(), ...OWN, DATA_DIR: dataDir, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collect(child, "stdout");
  const errors = collect(child, "stderr");
  child.once("close", () => keepProcessLog(`${output()}\n${errors()}`));
  // Not "exit", after which some of its errors may still be on their way.
  const ended = once(child, "close").then(([code]) => code as number | null);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  const file = path.join(dataDir, "standalone.json");
  return {
    output,
    errors,
    ended,
    end,
    async ready() {
      await waitFor(() => output().includes("Ctrl-C") && existsSync(file), {
        describe: "the standalone process",
        child,
        printed: errors,
      });
      return standaloneAddress.parse(JSON.parse(await readFile(file, "utf8")));
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) await end("SIGTERM");
    },
  };
}

/** A new empty folder for a process's data, removed at the end. */
export async function freshFolder(): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "call-log-e2e-"));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** PATH without the folders that have a redis-server, so that the one in the process is used. */
export function pathWithoutRedis(): string {
  return pathWithout("redis-server");
}

/** PATH without the folders that have this program. */
export function pathWithout(program: string): string {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.filter((folder) => !existsSync(path.join(folder, program))).join(path.delimiter);
}

// The servers that other suites use by their settings are not this process's own.
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const { MONGODB_URI: _mongodb, REDIS_URL: _redis, ...rest } = process.env;
  return rest;
}

function collect(child: ChildProcess, stream: "stdout" | "stderr"): () => string {
  const chunks: Buffer[] = [];
  child[stream]?.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
