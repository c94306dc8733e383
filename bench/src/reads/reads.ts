import { freePort } from "@call-log/runtime";

import { loadBefore } from "../before.ts";
import { type BenchMongo, openMongo } from "../bench-mongo.ts";
import { openRedis } from "../bench-redis.ts";
import { startHttpLoad } from "../http-load.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { compare, type Comparison, comparisonOf } from "./compare.ts";
import { type HttpPeerKind, startHttpPeer } from "./http-peer.ts";
import { HTTP_PEERS, restBefore } from "./http-peers.ts";
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
        const others = await peersBefore(mongo, { size, settings });
        const comparison = comparisonOf(settings, { mongo, connections: 32 });
        const stage = { uri, redisUrl: redis.url, size, settings, others };
        const tables = await compareOn(stage, comparison);
        blocks.push(`### ${size.toLocaleString("en-US")} call logs of one project`, ...tables);
      }
    } finally {
      await Promise.all([mongo.close(), redis.close()]);
    }
    return blocks;
  },
};

/** A server and the database that it is started on. */
interface PlacedKind {
  kind: HttpPeerKind;
  uri: string;
}

interface Stage {
  uri: string;
  redisUrl: string;
  size: number;
  settings: BenchSettings;
  /** Servers on databases of their own. */
  others: readonly PlacedKind[];
}

async function peersBefore(
  mongo: BenchMongo,
  { size, settings: { before } }: Pick<Stage, "size" | "settings">,
): Promise<PlacedKind[]> {
  if (before === undefined) return [];
  const { seededDatabase: seededBefore } = await loadBefore(before);
  return [{ kind: restBefore(before), uri: await seededBefore(mongo, { size, forParse: false }) }];
}

async function compareOn(stage: Stage, comparison: Comparison): Promise<Table[]> {
  const { uri, redisUrl, size, settings, others } = stage;
  const load = startHttpLoad();
  const peers: Peer[] = [startRawDriver(uri)];
  const placed = [...Object.values(HTTP_PEERS).map((kind) => ({ kind, uri })), ...others];
  const chosen = placed.filter(
    ({ kind: { name } }) =>
      name === "minimal" || settings.peers.some((text) => name.includes(text)),
  );
  try {
    for (const { kind, ...place } of chosen)
      peers.push(await startHttpPeer(kind, { ...place, redisUrl, port: await freePort(), load }));
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
