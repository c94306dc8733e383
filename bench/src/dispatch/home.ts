import { type CallRecord } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { type Collection, type Db, MongoClient } from "mongodb";

import { loadBefore } from "../before.ts";
import type { BenchMongo } from "../bench-mongo.ts";
import type { LeastCall } from "./least-store.ts";

/** A database with a project, and the programs that work on it. */
export interface Home {
  /** Part of the names of its queues. */
  name: string;
  /** Folder of the programs, as `node-process.ts` sees it. */
  programs: string;
  /** With the database's name. */
  mongodbUri: string;
  callLogs: Collection<CallRecord>;
  /** Those of the least dispatcher. */
  leastCalls: Collection<LeastCall>;
  projectId: string;
  /** A key that may do everything in the project. */
  apiKey: string;
  close(): Promise<void>;
}

/** A home for this state, in a new database. */
export function openHome(mongo: BenchMongo): Promise<Home> {
  return furnish(mongo, { name: "now", programs: "./dispatch", connectStore });
}

/** A home for the older state that is built in this folder, in a new database of its own. */
export async function openHomeBefore(mongo: BenchMongo, folder: string): Promise<Home> {
  const before = await loadBefore(folder);
  return furnish(mongo, { name: "before", programs: `${folder}/bench/dist/dispatch`, ...before });
}

interface Furniture extends Pick<Home, "name" | "programs"> {
  connectStore: typeof connectStore;
}

async function furnish(mongo: BenchMongo, furniture: Furniture): Promise<Home> {
  const { name, programs } = furniture;
  const mongodbUri = mongo.uriOf(`bench-dispatch-${name}-${process.pid}`);
  const store = await furniture.connectStore({ uri: mongodbUri });
  const { _id: projectId } = await store.projects.create({ name: "Bench" });
  const permissions = ["Project Owner" as const];
  const { key: apiKey } = await store.keys.create({ projectId, permissions, name: "bench" });
  await store.close();
  const client = new MongoClient(mongodbUri);
  const database: Db = client.db();
  return {
    name,
    programs,
    mongodbUri,
    callLogs: database.collection("callLogs"),
    leastCalls: database.collection("leastCalls"),
    projectId,
    apiKey,
    async close() {
      // The embedded one goes with its folder; to drop 100,000 calls from it would keep it busy for longer than the driver waits.
      if (!mongo.isOwn) await database.dropDatabase();
      await client.close();
    },
  };
}
