import { MongoClient } from "mongodb";

import { type BenchMongo, openMongo, startEmbedded } from "../bench-mongo.ts";
import { inRounds } from "../rounds.ts";
import { median } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { fillCalls } from "./fill-calls.ts";
import { type Calls, type Filled, OPERATIONS } from "./operations.ts";
import { START_UP_COLUMNS, startUpRow } from "./start-up.ts";

/** embedded-mongo beside a real server: the same driver, the same operations, one at a time. */
export const embeddedSuite: Suite = {
  name: "embedded",
  title: "embedded-mongo, beside another server",
  async run(settings) {
    const sizes = settings.sizes ?? (settings.quick ? [1000, 10_000] : [1000, 10_000, 100_000]);
    const rows: (string | number)[][] = [];
    for (const size of sizes) {
      settings.say(`${size} documents`);
      rows.push(await startUpRow(size));
    }
    const others = settings.mongodbUri === undefined ? [] : [await openMongo(settings)];
    const embedded = await startEmbedded();
    try {
      const tables: Table[] = [];
      for (const size of sizes)
        tables.push(await compareOn([embedded, ...others], { size, settings }));
      const startUp = { title: "Memory in MiB, and start-up", columns: START_UP_COLUMNS, rows };
      return [startUp, ...tables, growthTable(tables)];
    } finally {
      await Promise.all([embedded, ...others].map((one) => one.close()));
    }
  },
};

/** What each operation takes in the largest collection, divided by the smallest. */
function growthTable(tables: readonly Table[]): Table {
  const [first, last] = [tables[0]!.rows, tables.at(-1)!.rows];
  const rows = Object.keys(OPERATIONS).map((name, index) => {
    const [small, large] = [Number(first[index]![1]), Number(last[index]![1])];
    return [name, small, large, large / small];
  });
  const columns = ["milliseconds", tables[0]!.title, tables.at(-1)!.title, "last ÷ first"];
  return { title: "embedded-mongo, by how many documents there are", columns, rows };
}

const TIME_MS = 300;

async function compareOn(
  servers: readonly BenchMongo[],
  { size, settings }: { size: number; settings: BenchSettings },
): Promise<Table> {
  const clients = servers.map((server) => new MongoClient(server.uriOf("call-log-bench-embedded")));
  try {
    const filled = await Promise.all(clients.map((client) => fill(client, size)));
    const rows = [];
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      const turn = { next: 0 };
      const once = (one: Filled) => timeOf(() => operation(one, (turn.next += 1)));
      await inRounds(filled, 1, once);
      const rounds = await inRounds(filled, settings.quick ? 3 : 5, once);
      const times = filled.map((_one, index) => median(rounds.map((round) => round[index]!)));
      const ratios = rounds.map(([own = Number.NaN, other = Number.NaN]) => own / other);
      rows.push([name, ...times, ...(servers.length > 1 ? [median(ratios)] : [])]);
    }
    const ratio = servers.length > 1 ? ["embedded ÷ other"] : [];
    const columns = ["milliseconds", ...servers.map(({ name }) => name), ...ratio];
    return { title: `${size.toLocaleString("en-US")} documents`, columns, rows };
  } finally {
    await Promise.all(clients.map((client) => client.db().dropDatabase()));
    await Promise.all(clients.map((client) => client.close()));
  }
}

// Again and again for a while; the middle one.
async function timeOf(operation: () => Promise<unknown>): Promise<number> {
  const endAt = performance.now() + TIME_MS;
  const times: number[] = [];
  for (let startedAt = performance.now(); startedAt < endAt;) {
    await operation();
    const now = performance.now();
    times.push(now - startedAt);
    startedAt = now;
  }
  return median(times);
}

async function fill(client: MongoClient, size: number): Promise<Filled> {
  const calls: Calls = client.db().collection("callLogs");
  await fillCalls(calls, size);
  return { calls, size };
}
