import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { freePort } from "@call-log/runtime";
import { MongoClient } from "mongodb";

import { startNode } from "../node-process.ts";
import { until } from "../until.ts";
import { fillCalls } from "./fill-calls.ts";

/** So many documents: seconds to write them, memory with them and for each, seconds until a new process answers. */
export async function startUpRow(size: number): Promise<number[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-bench-"));
  try {
    const empty = await startOn(folder);
    const before = await empty.server.residentMiB();
    const startedAt = performance.now();
    await fillCalls(empty.client.db("bench").collection("callLogs"), size);
    const loaded = (performance.now() - startedAt) / 1000;
    await empty.close();
    // A new process has no garbage of how the documents came.
    const full = await startOn(folder);
    const resident = await full.server.residentMiB();
    await full.close();
    return [size, loaded, resident, ((resident - before) * 2 ** 20) / size, full.seconds];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOn(folder: string) {
  const port = await freePort();
  const startedAt = performance.now();
  const server = startNode({
    file: "./embedded-mongo-process.js",
    args: [String(port), folder],
  });
  const uri = `mongodb://127.0.0.1:${port}`;
  const client = await until(() => MongoClient.connect(uri, { serverSelectionTimeoutMS: 100 }));
  const seconds = (performance.now() - startedAt) / 1000;
  const close = async () => {
    await client.close();
    await server.close();
  };
  return { server, client, seconds, close };
}
