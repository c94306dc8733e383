import { PAGE } from "@call-log/model";
import { freePort } from "@call-log/runtime";
import { z } from "zod";

import { type BenchMongo, openMongo, startEmbedded } from "../bench-mongo.ts";
import { openRedis } from "../bench-redis.ts";
import { startHttpLoad, type HttpLoad, type LoadRequest } from "../http-load.ts";
import { startHttpPeer } from "../reads/http-peer.ts";
import { HTTP_PEERS } from "../reads/http-peers.ts";
import { seededDatabase } from "../reads/seeded-database.ts";
import { percentile } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { GROWTH_QUERIES, listRequest } from "./growth-queries.ts";

/** What each question costs as the log grows, asked over REST one at a time. */
export const growthSuite: Suite = {
  name: "growth",
  title: "Growth",
  run: async (settings) =>
    grow(await openMongo(settings), { settings, sizes: [10_000, 100_000, 1_000_000] }),
};

/** The same on embedded-mongo. */
export const embeddedGrowthSuite: Suite = {
  name: "growth-embedded",
  title: "Growth on embedded-mongo",
  onDemand: true,
  run: async (settings) => grow(await startEmbedded(), { settings, sizes: [10_000, 100_000] }),
};

async function grow(
  mongo: BenchMongo,
  { settings, sizes: whole }: { settings: BenchSettings; sizes: readonly number[] },
): Promise<(string | Table)[]> {
  const redis = await openRedis(settings);
  const load = startHttpLoad();
  const sizes = settings.sizes ?? (settings.quick ? [1000, 10_000] : whole);
  try {
    const measured: Map<string, number>[] = [];
    for (const size of sizes) {
      settings.say(`${size} call logs`);
      const stage = { mongo, redisUrl: redis.url, load, size, settings };
      measured.push(await timesOn(stage));
    }
    return [
      `Database: ${mongo.name}. One connection. A dash is where the database took more than five seconds, which is answered with 400.`,
      growthTable(sizes, measured),
    ];
  } finally {
    await Promise.all([load.close(), mongo.close(), redis.close()]);
  }
}

interface Stage {
  mongo: BenchMongo;
  redisUrl: string;
  load: HttpLoad;
  size: number;
  settings: BenchSettings;
}

/** A cursor goes on from here at the deepest. */
const DEEPEST_CURSOR = 50_000;

const page = z.object({ nextCursor: z.string() });

/** The middle time of each question, in milliseconds. */
async function timesOn({ mongo, redisUrl, load, size, settings }: Stage) {
  const uri = await seededDatabase(mongo, { size, forParse: false });
  const port = await freePort();
  const peer = await startHttpPeer(HTTP_PEERS.rest, { uri, redisUrl, port, load });
  const origin = `http://127.0.0.1:${port}`;
  const [warmUpMs, milliseconds] = settings.quick ? [50, 150] : [200, 400];
  const timeOf = async (name: string, request: LoadRequest) => {
    const order = { origin, requests: [request], connections: 1, milliseconds };
    try {
      await load.run({ ...order, milliseconds: warmUpMs });
      return percentile((await load.run(order)).latencies, 0.5);
    } catch (error) {
      if (!String(error).includes("takes the database too long")) throw error;
      settings.say(`${name}: the database took more than five seconds`);
      return Number.POSITIVE_INFINITY;
    }
  };
  try {
    const { cursor } = await deepCursor(origin, size);
    const times = new Map<string, number>();
    for (const [name, request] of Object.entries(GROWTH_QUERIES))
      times.set(name, await timeOf(name, request({ size, cursor })));
    return times;
  } finally {
    await peer.close();
  }
}

// Page by page: of a log that is not in memory yet, to skip as many takes longer than a query may.
async function deepCursor(origin: string, size: number): Promise<{ cursor: string }> {
  const depth = Math.min(size / 2, DEEPEST_CURSOR);
  let cursor: string | undefined;
  for (let at = 0; cursor === undefined || at < depth; at += PAGE.maxLimit) {
    const limit = Math.min(depth - at, PAGE.maxLimit);
    const { path, method, headers, body } = listRequest({ limit, cursor });
    const response = await fetch(origin + path, { method, headers, body });
    if (!response.ok) throw new Error(`no cursor: ${response.status} ${await response.text()}`);
    cursor = page.parse(await response.json()).nextCursor;
  }
  return { cursor };
}

function growthTable(
  sizes: readonly number[],
  measured: readonly ReadonlyMap<string, number>[],
): Table {
  const columns = sizes.map((size) => size.toLocaleString("en-US"));
  const rows = Object.keys(GROWTH_QUERIES).map((name) => {
    const times = measured.map((one) => one.get(name)!);
    return [name, ...times, growthOf(times)];
  });
  return {
    title: "p50 in milliseconds, by how many call logs the project has",
    columns: ["question", ...columns, "last ÷ first"],
    rows,
  };
}

/** The last time divided by the first; infinite when the largest log got no answer. */
function growthOf(times: readonly number[]): number {
  const [first, last] = [times[0]!, times.at(-1)!];
  return last === Number.POSITIVE_INFINITY ? last : last / first;
}
