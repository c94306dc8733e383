import { freePort } from "@call-log/runtime";
import { connectStore, type Store } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";

import { openMongo, type BenchMongo } from "../bench-mongo.ts";
import { openRedis, type BenchRedis } from "../bench-redis.ts";
import { startNode, type NodeProcess } from "../node-process.ts";
import type { BenchSettings } from "../suite.ts";

/** What every installation of a run stands on. */
export interface Testbed {
  mongo: BenchMongo;
  redis: BenchRedis;
  carrier: NodeProcess;
  carrierPort: number;
  mongodbUri: string;
  store: Store;
  projectId: string;
  /** A key that may do everything in the project. */
  apiKey: string;
  close(): Promise<void>;
}

/** A database and a Redis, a project with a key, and the carrier, in processes of their own. */
export async function openTestbed(settings: BenchSettings): Promise<Testbed> {
  const mongo = await openMongo(settings);
  const redis = await openRedis(settings);
  const mongodbUri = mongo.uriOf(`bench-dispatch-${process.pid}`);
  const store = await connectStore({ uri: mongodbUri });
  const { _id: projectId } = await store.projects.create({ name: "Bench" });
  const key = { projectId, permissions: ["Project Owner" as const], name: "bench" };
  const { key: apiKey } = await store.keys.create(key);
  const carrierPort = await freePort();
  const carrier = startNode({
    file: "./dispatch/carrier-process.js",
    args: [String(carrierPort)],
  });
  return {
    mongo,
    redis,
    carrier,
    carrierPort,
    mongodbUri,
    store,
    projectId,
    apiKey,
    async close() {
      // The embedded one goes with its folder; to drop 100,000 calls from it would keep it busy for longer than the driver waits.
      if (settings.mongodbUri !== undefined) await collectionsOf(store).callLogs.db.dropDatabase();
      await store.close();
      await Promise.all([mongo, redis, carrier].map((one) => one.close()));
    },
  };
}
