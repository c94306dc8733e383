import { freePort } from "@call-log/runtime";

import { openMongo, type BenchMongo } from "../bench-mongo.ts";
import { openRedis, type BenchRedis } from "../bench-redis.ts";
import { startNode, type NodeProcess } from "../node-process.ts";
import type { BenchSettings } from "../suite.ts";
import { type Home, openHome, openHomeBefore } from "./home.ts";

/** What every installation of a run stands on. */
export interface Testbed {
  mongo: BenchMongo;
  redis: BenchRedis;
  carrier: NodeProcess;
  carrierPort: number;
  home: Home;
  /** That of the older state, when one is measured beside this one. */
  homeBefore: Home | undefined;
  close(): Promise<void>;
}

/** A database and a Redis, projects with their keys, and the carrier, in processes of their own. */
export async function openTestbed(settings: BenchSettings): Promise<Testbed> {
  const { before } = settings;
  const mongo = await openMongo(settings);
  const redis = await openRedis(settings);
  const home = await openHome(mongo);
  const homeBefore = before === undefined ? undefined : await openHomeBefore(mongo, before);
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
    home,
    homeBefore,
    async close() {
      await Promise.all([home.close(), homeBefore?.close()]);
      await Promise.all([mongo, redis, carrier].map((one) => one.close()));
    },
  };
}
