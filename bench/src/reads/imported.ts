import { freePort } from "@call-log/runtime";

import { openMongo } from "../bench-mongo.ts";
import { openRedis } from "../bench-redis.ts";
import { startHttpLoad } from "../http-load.ts";
import type { Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { compare, comparisonOf } from "./compare.ts";
import { type HttpPeer, startHttpPeer } from "./http-peer.ts";
import { HTTP_PEERS } from "./http-peers.ts";
import { importProjects } from "./imported-projects.ts";
import { requireSameAnswers } from "./require-same-answers.ts";

const { minimal, rest, trpc } = HTTP_PEERS;

/** Lists with their counts right after an import, before any worker has run. */
export const importedSuite: Suite = {
  name: "reads-imported",
  title: "Reads of a log that was imported a moment ago",
  async run(settings) {
    const [mongo, redis] = await Promise.all([openMongo(settings), openRedis(settings)]);
    const load = startHttpLoad();
    const peers: HttpPeer[] = [];
    try {
      const uri = mongo.uriOf("call-log-bench-imported");
      const size = settings.sizes?.[0] ?? (settings.quick ? 1000 : 10_000);
      settings.say(`${size} call logs are imported into each of ten projects`);
      const { projects, perSecond } = await importProjects(uri, size);
      const questions = projects.map((project) => ({ kind: "list", project }) as const);
      const place = { uri, redisUrl: redis.url, load, probe: questions[0]! };
      for (const kind of [minimal, rest, trpc])
        peers.push(await startHttpPeer(kind, { ...place, port: await freePort() }));
      const tables: Table[] = [];
      for (const connections of [1, 32]) {
        const name = `list with its count, connections: ${connections}`;
        await requireSameAnswers(peers, { name, questions });
        const comparison = comparisonOf(settings, { mongo, connections });
        tables.push(await compare(peers, { name, questions }, comparison));
      }
      const rate = `\`call-log import\` with its sums: ${Math.round(perSecond)} call logs a second.`;
      return [`Database: ${mongo.name}. Ten projects of ${size} call logs. ${rate}`, ...tables];
    } finally {
      await Promise.all([load, ...peers, mongo, redis].map((one) => one.close()));
    }
  },
};
