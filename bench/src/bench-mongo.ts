import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { freePort } from "@call-log/runtime";
import { MongoClient } from "mongodb";

import { cpuSecondsOfNamed } from "./cpu-time.ts";
import { startNode } from "./node-process.ts";
import type { BenchSettings } from "./suite.ts";
import { until } from "./until.ts";

/** The database that a suite measures on. */
export interface BenchMongo {
  /** Its name and version, for the report. */
  name: string;
  /** Whether it began with the run and ends with it, with all that it holds. */
  isOwn: boolean;
  /** The address of one of its databases. */
  uriOf(databaseName: string): string;
  /** Processor time that it has used so far, in seconds. */
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

/** The server of MONGODB_URI, else the embedded one in a process of its own, its data in a temporary folder. */
export async function openMongo(settings: BenchSettings): Promise<BenchMongo> {
  const { mongodbUri, databaseProcesses } = settings;
  if (mongodbUri === undefined) return startEmbedded();
  return {
    name: await serverName(mongodbUri),
    isOwn: false,
    uriOf: (name) => withDatabase(mongodbUri, name),
    cpuSeconds: () => cpuSecondsOfNamed(databaseProcesses),
    close: async () => {},
  };
}

/** The embedded server in a process of its own. */
export async function startEmbedded(): Promise<BenchMongo> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-bench-"));
  const port = await freePort();
  const server = startNode({ file: "./embedded-mongo-process.js", args: [String(port), folder] });
  const uri = `mongodb://127.0.0.1:${port}`;
  await until(() => serverName(uri));
  return {
    name: "embedded-mongo",
    isOwn: true,
    uriOf: (name) => withDatabase(uri, name),
    cpuSeconds: () => server.cpuSeconds(),
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function withDatabase(uri: string, name: string): string {
  const address = new URL(uri);
  address.pathname = `/${name}`;
  return address.href;
}

async function serverName(uri: string): Promise<string> {
  await using client = new MongoClient(uri, { serverSelectionTimeoutMS: 2000 });
  const info = await client.db("admin").command({ buildInfo: 1 });
  const ferretdb = info["ferretdb"] as { version?: string } | undefined;
  return ferretdb?.version === undefined
    ? `MongoDB ${info["version"]}`
    : `FerretDB ${ferretdb.version} over PostgreSQL/DocumentDB`;
}
