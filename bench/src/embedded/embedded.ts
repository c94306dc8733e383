import { MongoClient } from "mongodb";

import { type BenchMongo, openMongo, startEmbedded } from "../bench-mongo.ts";
import { inRounds } from "../rounds.ts";
import { median } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { fillCalls } from "./fill-calls.ts";
import { type Calls, type Filled, OPERATIONS } from "./operations.ts";
import { startUpRow } from "./start-up.ts";

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
      const tables = [];
      for (const size of sizes)
        tables.push(await compareOn([embedded, ...others], { size, settings }));
      const columns = ["documents", "load s", "MiB in RAM", "bytes a document", "start s"];
      return [{ title: "Memory, and start-up", columns, rows }, ...tables];
    } finally {
      await Promise.all([embedded, ...others].map((one) => one.close()));
    }
  },
};

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

// Again and again for a while; the mean of it.
async function timeOf(operation: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let times = 0;
  while (performance.now() - startedAt < TIME_MS) {
    await operation();
    times += 1;
  }
  return (performance.now() - startedAt) / times;
}

async function fill(client: MongoClient, size: number): Promise<Filled> {
  const calls: Calls = client.db().collection("callLogs");
  await fillCalls(calls, size);
  return { calls, size };
}
