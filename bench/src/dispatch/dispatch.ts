import { z } from "zod";

import { median } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { measureAccepting, type AcceptTimes } from "./accept-many.ts";
import { bareBullmq } from "./bare-bullmq.ts";
import { measureIdleLatency } from "./idle-latency.ts";
import { type Installation, type Layout, ONE_OF_EACH, startInstallation } from "./installation.ts";
import { openTestbed, type Testbed } from "./testbed.ts";
import { compareThroughput, measureThroughput, warmUp } from "./throughput.ts";

/** Dispatching beside the least that could do it, on the same Redis and database. */
export const dispatchSuite: Suite = {
  name: "dispatch",
  title: "Dispatch, from the request to the end of the call",
  async run(settings) {
    const testbed = await openTestbed(settings);
    try {
      const jobs = await bareBullmq(testbed.redis.url, settings.quick ? 3000 : 10_000);
      return [
        `Database: ${testbed.mongo.name}. Every call has four events, each an HTTP request to the api and a job; the provider takes it at once. Bare BullMQ, jobs without work: ${Math.round(jobs)} a second.`,
        await besideTheLeast(testbed, settings),
        await accepting(testbed, settings),
        await idle(testbed, settings),
        await byProcesses(testbed, settings),
      ];
    } finally {
      await testbed.close();
    }
  },
};

async function besideTheLeast(testbed: Testbed, { quick, say }: BenchSettings): Promise<Table> {
  say("throughput beside the least dispatcher");
  const product = await startInstallation(testbed, "product", ONE_OF_EACH);
  const before = await startBefore(testbed);
  const bare = await startInstallation(testbed, "bare", { ...ONE_OF_EACH, workers: 0 });
  const least = await startInstallation(testbed, "least", ONE_OF_EACH);
  const installations = [
    { ...product, name: "call-log, one api, one worker" },
    ...before.map((one) => ({ ...one, name: "call-log before, one api, one worker" })),
    { ...bare, name: "the same writes and requests, bare" },
    { ...least, name: "least dispatcher, one api, one worker" },
  ];
  const load = { calls: quick ? 500 : 800, connections: 50 };
  try {
    await warmUp(testbed, installations, { quick });
    return await compareThroughput(testbed, installations, { rounds: quick ? 2 : 5, load });
  } finally {
    await Promise.all([product, ...before, bare, least].map((one) => one.close()));
  }
}

/** That of the older state, when one is measured beside this one. */
async function startBefore(testbed: Testbed): Promise<Installation[]> {
  const { homeBefore } = testbed;
  if (homeBefore === undefined) return [];
  return [await startInstallation(testbed, "product", { ...ONE_OF_EACH, home: homeBefore })];
}

async function accepting(testbed: Testbed, { quick, say }: BenchSettings): Promise<Table> {
  say("accepting 1,000 requests");
  const product = await startInstallation(testbed, "product", { ...ONE_OF_EACH, workers: 0 });
  try {
    await measureAccepting(product);
    const measured: AcceptTimes[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round += 1)
      measured.push(await measureAccepting(product));
    const row = (name: string, part: keyof AcceptTimes) => [
      name,
      median(measured.map((one) => one[part])),
      median(measured.map((one) => one[part] / one.many)),
    ];
    return {
      title: "1,000 requests accepted, no worker running",
      columns: ["", "ms", "× dispatchMany"],
      rows: [
        row("one `dispatchMany`", "many"),
        row("one after the other", "oneByOne"),
        row("each on its own, 50 at a time", "fiftyAtATime"),
      ],
    };
  } finally {
    await product.close();
    await product.home.callLogs.deleteMany({});
  }
}

async function idle(testbed: Testbed, { quick, say }: BenchSettings): Promise<Table> {
  say("from the request to the provider, idle");
  const before = await startBefore(testbed);
  const installations = [
    await startInstallation(testbed, "product", ONE_OF_EACH),
    ...before,
    await startInstallation(testbed, "least", ONE_OF_EACH),
  ];
  try {
    await warmUp(testbed, installations, { quick });
    const latencies = await measureIdleLatency(testbed, installations, quick ? 100 : 200);
    const names = ["call-log", ...before.map(() => "call-log before"), "least dispatcher"];
    return {
      title: "From the request sent to the provider asked, one call after the other, ms",
      columns: ["", "p50", "p99"],
      rows: latencies.map(({ p50, p99 }, index) => [names[index]!, p50, p99]),
    };
  } finally {
    await Promise.all(installations.map((one) => one.close()));
  }
}

/** Real calls take seconds; events that come at once meet in several workers, and these then write one after the other. */
const GAP_MS = 200;

const LAYOUTS: readonly Pick<Layout, "apis" | "workers">[] = [
  { apis: 1, workers: 1 },
  { apis: 1, workers: 2 },
  { apis: 1, workers: 4 },
  { apis: 2, workers: 2 },
  { apis: 2, workers: 4 },
];

async function byProcesses(testbed: Testbed, { quick, say }: BenchSettings): Promise<Table> {
  const rows: (string | number)[][] = [];
  await testbed.carrier.ask({ gapMs: GAP_MS }, z.unknown());
  for (const processes of quick ? LAYOUTS.slice(0, 2) : LAYOUTS) {
    say(`${processes.apis} api, ${processes.workers} workers`);
    const product = await startInstallation(testbed, "product", { ...ONE_OF_EACH, ...processes });
    try {
      await measureThroughput(testbed, product, { calls: 300, connections: 50 });
      const load = { calls: quick ? 400 : 800, connections: 50 };
      const { callsPerSecond, api, worker, database } = await measureThroughput(
        testbed,
        product,
        load,
      );
      rows.push([processes.apis, processes.workers, callsPerSecond, api, worker, database]);
    } finally {
      await product.close();
    }
  }
  return {
    title: `By the number of processes, all on this one machine; events ${GAP_MS} ms apart`,
    columns: ["api", "workers", "calls/s", "api, ms CPU a call", "workers", "database"],
    rows,
  };
}
