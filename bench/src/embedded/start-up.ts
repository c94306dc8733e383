import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { freePort } from "@call-log/runtime";
import { MongoClient } from "mongodb";

import { startNode } from "../node-process.ts";
import { until } from "../until.ts";
import { fillCalls } from "./fill-calls.ts";
import { type Calls, listByStatus } from "./operations.ts";

/** Pages that are read before memory is looked at. */
const LISTS = 1000;

/** What is measured of so many documents; memory is in MiB, and its own is without the pages of files. */
export const START_UP_COLUMNS = ["documents", "load s", "own, loaded", "own", "in RAM", "start s"];

/** So many documents: seconds to write them, memory after that and of a new process that lists them, seconds until it answers. */
export async function startUpRow(size: number): Promise<(string | number)[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-bench-"));
  try {
    const empty = await startOn(folder);
    const startedAt = performance.now();
    await fillCalls(callsOf(empty), size);
    const loaded = (performance.now() - startedAt) / 1000;
    const ownLoaded = await empty.server.ownMiB();
    await empty.close();
    // A new process has no garbage of how the documents came.
    const full = await startOn(folder);
    for (let turn = 0; turn < LISTS; turn += 1) await listByStatus({ calls: callsOf(full) }, turn);
    const [own, resident] = [await full.server.ownMiB(), await full.server.residentMiB()];
    await full.close();
    return [size.toLocaleString("en-US"), loaded, ownLoaded, own, resident, full.seconds];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function callsOf({ client }: { client: MongoClient }): Calls {
  return client.db("bench").collection("callLogs");
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
