import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { STANDALONE_FILE, type StandaloneAddress, standaloneAddress } from "@call-log/model";

import { type NodeProcess, startNode } from "../node-process.ts";
import { until } from "../until.ts";

/** `npm start` on the default of a machine without redis-server: every server in one process. */
export interface Standalone extends AsyncDisposable {
  process: NodeProcess;
  address: StandaloneAddress;
  apiKey: string;
  dataDir: string;
}

const API_KEY = "bootstrap-key-of-the-benchmark";
const START_TIMEOUT_MS = 90_000;

/** Starts it on a new data folder; resolves when it is ready. Disposing ends it and removes the folder. */
export async function startStandalone(settings: Record<string, string>): Promise<Standalone> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-bench-"));
  const process = startNode({
    file: import.meta.resolve("@call-log/standalone").replace(/index\.js$/, "main.js"),
    env: {
      ...settings,
      PORT: "0",
      DATA_DIR: dataDir,
      BOOTSTRAP_API_KEY: API_KEY,
      PATH: pathWithoutRedis(),
    },
  });
  const address = await until(async () => {
    const text = await readFile(path.join(dataDir, STANDALONE_FILE), "utf8");
    const found = standaloneAddress.parse(JSON.parse(text));
    const { status } = await fetch(`${found.url}/health/ready`);
    if (status !== 200) throw new Error(`not ready: ${status}`);
    return found;
  }, START_TIMEOUT_MS);
  return {
    process,
    address,
    apiKey: API_KEY,
    dataDir,
    async [Symbol.asyncDispose]() {
      await process.close();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function pathWithoutRedis(): string {
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .filter((folder) => !existsSync(path.join(folder, "redis-server")))
    .join(path.delimiter);
}
