import { freePort } from "@call-log/runtime";

import { openMongo } from "../bench-mongo.ts";
import { openRedis } from "../bench-redis.ts";
import { startHttpLoad } from "../http-load.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { compare, type Comparison, comparisonOf } from "./compare.ts";
import { startHttpPeer } from "./http-peer.ts";
import { HTTP_PEERS } from "./http-peers.ts";
import { installPeers } from "./install-peers.ts";
import type { Peer } from "./peer.ts";
import { startRawDriver } from "./raw-driver-peer.ts";
import { requireSameAnswers } from "./require-same-answers.ts";
import { seededDatabase } from "./seeded-database.ts";
import { workloads } from "./workload.ts";

/** Reading beside other servers on the same documents. */
export const readsSuite: Suite = {
  name: "reads",
  title: "Reads, beside other servers",
  async run(settings) {
    installPeers(settings.say);
    const mongo = await openMongo(settings);
    const redis = await openRedis(settings);
    const blocks: (string | Table)[] = [`Database: ${mongo.name}. 32 connections.`];
    try {
      for (const size of settings.sizes ?? (settings.quick ? [10_000] : [10_000, 100_000])) {
        settings.say(`${size} call logs`);
        const uri = await seededDatabase(mongo, { size, forParse: true });
        const comparison = comparisonOf(settings, { mongo, connections: 32 });
        const tables = await compareOn({ uri, redisUrl: redis.url, size, settings }, comparison);
        blocks.push(`### ${size.toLocaleString("en-US")} call logs of one project`, ...tables);
      }
    } finally {
      await Promise.all([mongo.close(), redis.close()]);
    }
    return blocks;
  },
};

interface Stage {
  uri: string;
  redisUrl: string;
  size: number;
  settings: BenchSettings;
}

async function compareOn(stage: Stage, comparison: Comparison): Promise<Table[]> {
  const { uri, redisUrl, size, settings } = stage;
  const load = startHttpLoad();
  const peers: Peer[] = [startRawDriver(uri)];
  const chosen = Object.values(HTTP_PEERS).filter(
    ({ name }) => name === "minimal" || settings.peers.some((text) => name.includes(text)),
  );
  try {
    for (const kind of chosen)
      peers.push(await startHttpPeer(kind, { uri, redisUrl, port: await freePort(), load }));
    const tables: Table[] = [];
    for (const workload of workloads(size)) {
      if (!workload.name.includes(settings.reads)) continue;
      await requireSameAnswers(peers, workload);
      tables.push(await compare(peers, workload, comparison));
    }
    return tables;
  } finally {
    await Promise.all([load, ...peers].map((one) => one.close()));
  }
}
