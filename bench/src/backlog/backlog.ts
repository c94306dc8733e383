import { setTimeout as delay } from "node:timers/promises";

import { createCallLogClient } from "@call-log/client";
import type { CallRecord } from "@call-log/model";
import { Redis } from "ioredis";
import { MongoClient } from "mongodb";
import { z } from "zod";

import { startNode } from "../node-process.ts";
import { median, percentile } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { compareLedger } from "./compare-ledger.ts";
import { type Standalone, startStandalone } from "./standalone.ts";

const SIZES = [10_000, 50_000];
const QUICK_SIZES = [1000];
const REQUESTS_AT_ONCE = 1000;
const LOOK_EVERY_MS = 5000;
const COMPARED_FIELDS = { status: 1, attempts: 1, callCostInUSDCents: 1 };

/** The simulated carrier's clock, and no request limit; everything else is as it is by default. */
const SETTINGS = { SIMULATED_SPEED: "20", REQUESTS_PER_MINUTE: "10000000" };

/** Many calls released at once on the default that needs no other server: does it stay alive, bounded and right? */
export const backlogSuite: Suite = {
  name: "backlog",
  title: "Backlog: many calls released at once, on the default without redis-server",
  onDemand: true,
  async run(settings) {
    const tables: Table[] = [];
    for (const size of settings.sizes ?? (settings.quick ? QUICK_SIZES : SIZES))
      tables.push(await releaseAtOnce(size, settings));
    return [INTRODUCTION, ...tables];
  },
};

const INTRODUCTION =
  "One process, embedded database and Redis in it. `/health/live` is asked every 50 ms, and beside it a bare Node server on the same machine. Afterwards the log is compared with the ledger of the simulated carrier.";

const latencies = z.object({ live: z.array(z.number()), bare: z.array(z.number()) });
type Latencies = z.output<typeof latencies>;

/** What is there at one moment. */
interface Sample {
  residentMiB: number;
  redisKeys: number;
}

async function releaseAtOnce(size: number, { say }: BenchSettings): Promise<Table> {
  await using standalone = await startStandalone(SETTINGS);
  const probe = startNode({
    file: "./backlog/live-probe-process.js",
    args: [standalone.address.url],
  });
  const redis = new Redis(standalone.address.redisUrl);
  try {
    const before = await sample(standalone, redis);
    const startedAt = performance.now();
    await accept(standalone, size);
    const accepted = { seconds: secondsSince(startedAt), ...(await probe.ask({}, latencies)) };
    const samples: Sample[] = [];
    for (let done = 0; done < size;) {
      await delay(LOOK_EVERY_MS);
      samples.push(await sample(standalone, redis));
      done = await countCompleted(standalone);
      say(`${size} calls: ${done} completed after ${Math.round(secondsSince(startedAt))} s`);
    }
    const drained = { seconds: secondsSince(startedAt), ...(await probe.ask({}, latencies)) };
    const rows = [
      ["calls a second, from the first request to the last call's end", size / drained.seconds],
      ["accepted in, s", accepted.seconds],
      ...latencyRows("while accepting", accepted),
      ...latencyRows("while calling", drained),
      ["memory before, MiB", before.residentMiB],
      ["memory while calling, median, MiB", median(samples.map((one) => one.residentMiB))],
      ["memory while calling, most, MiB", Math.max(...samples.map((one) => one.residentMiB))],
      ["Redis keys before", before.redisKeys],
      ["Redis keys while calling, most", Math.max(...samples.map((one) => one.redisKeys))],
      ...Object.entries(await differences(standalone, size)),
    ];
    return { title: `${size.toLocaleString("en-US")} calls`, columns: ["", "measured"], rows };
  } finally {
    redis.disconnect();
    await probe.close();
  }
}

const secondsSince = (startedAt: number) => (performance.now() - startedAt) / 1000;

async function accept({ address, apiKey }: Standalone, size: number): Promise<void> {
  const client = createCallLogClient({ url: address.url, apiKey });
  for (let sent = 0; sent < size; sent += REQUESTS_AT_ONCE) {
    const requests = Array.from(
      { length: Math.min(REQUESTS_AT_ONCE, size - sent) },
      (_, index) => ({
        toNumber: `+1555020${String((sent + index) % 10_000).padStart(4, "0")}`,
        say: "The database of shop.example is down.",
      }),
    );
    const { results } = await client.calls.dispatchMany.mutate({ requests });
    if (results.some(({ ok }) => !ok)) throw new Error("a request was refused");
  }
}

async function sample({ process }: Standalone, redis: Redis): Promise<Sample> {
  return { residentMiB: await process.residentMiB(), redisKeys: await redis.dbsize() };
}

async function countCompleted({ address, apiKey }: Standalone): Promise<number> {
  const client = createCallLogClient({ url: address.url, apiKey });
  const { count } = await client.callLog.count.query({ query: { status: "Completed" } });
  return count;
}

function latencyRows(when: string, { live, bare }: Latencies): [string, number][] {
  return [
    [`/health/live ${when}, p50 ms`, median(live)],
    [`/health/live ${when}, p99 ms`, percentile(live, 0.99)],
    [`/health/live ${when}, slowest ms`, Math.max(...live)],
    [`bare server ${when}, p99 ms`, percentile(bare, 0.99)],
    [`bare server ${when}, slowest ms`, Math.max(...bare)],
  ];
}

/** The name by default. */
const DATABASE = "call-log";
const AGREE_TIMEOUT_MS = 120_000;

/** Until log and ledger agree, or the time is over; what is left then is what was found. */
async function differences({ address, dataDir }: Standalone, size: number) {
  const client = await MongoClient.connect(address.mongodbUri);
  const callLogs = client.db(DATABASE).collection<CallRecord>("callLogs");
  const compare = async () => {
    const calls = await callLogs.find({}, { projection: COMPARED_FIELDS }).toArray();
    return { missing: size - calls.length, ...(await compareLedger(calls, dataDir)) };
  };
  try {
    const giveUpAt = performance.now() + AGREE_TIMEOUT_MS;
    for (;;) {
      const found = await compare();
      const agree = Object.values(found).every((count) => count === 0);
      if (agree || performance.now() > giveUpAt) return found;
      await delay(LOOK_EVERY_MS);
    }
  } finally {
    await client.close();
  }
}
