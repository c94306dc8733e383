import { parseArgs } from "node:util";

import { CALL_STATUS_NAMES, isFinalStatus } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { waitFor } from "@call-log/testing";

import { startInstallation, type Installation } from "./installation.ts";
import { requestOf, sendAll } from "./load.ts";

const { values } = parseArgs({
  options: {
    /** The program of SecantusDB's server; without it the embedded MongoDB, in a process of its own. */
    secantusd: { type: "string" },
    calls: { type: "string", default: "1000" },
    /** Attempts that are handed over at a time, by two workers together. */
    concurrency: { type: "string", default: "50" },
  },
});

const OPEN = CALL_STATUS_NAMES.filter((status) => !isFinalStatus(status));

/** Processor time of each process so far, in seconds. */
async function cpuOf({
  api,
  workers,
  mongo,
  redis,
}: Installation): Promise<Record<string, number>> {
  const [first, second] = workers;
  return {
    api: await api.cpuSeconds(),
    workers: (await first!.cpuSeconds()) + (await second!.cpuSeconds()),
    database: await mongo.cpuSeconds(),
    redis: await redis.cpuSeconds(),
  };
}

/** Place calls that are answered at once, all guarantees kept, and say how fast and by whose work. */
async function measure(installation: Installation, calls: number): Promise<void> {
  const { callLogs } = collectionsOf(await installation.store());
  const before = await cpuOf(installation);
  const startedAt = performance.now();
  await sendAll(installation, { calls, request: requestOf }, async () => {});
  const acceptedIn = performance.now() - startedAt;
  const isOver = async () => (await callLogs.countDocuments({ status: { $in: OPEN } })) === 0;
  await waitFor(isOver, { timeoutMs: 600_000, describe: "all calls to be over" });
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await cpuOf(installation);
  const used = Object.keys(after).map((name) => [name, after[name]! - before[name]!] as const);
  const all = used.reduce((sum, [, spent]) => sum + spent, 0);
  const attempts = (await installation.carrier.ledger()).length;
  const lines = [
    `${calls} calls (${attempts} dialled) in ${seconds.toFixed(1)} s: ${(attempts / seconds).toFixed(1)} dialled a second`,
    `accepted in ${(acceptedIn / 1000).toFixed(1)} s`,
    ...used.map(
      ([name, spent]) =>
        `${name}: ${((spent * 1000) / attempts).toFixed(1)} ms CPU per call, ${Math.round((100 * spent) / all)} % of all`,
    ),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

const half = String(Math.ceil(Number(values.concurrency) / 2));
const installation = await startInstallation({
  database: values.secantusd === undefined ? "embedded" : { secantusd: values.secantusd },
  carrier: "simulated",
  settings: { DISPATCH_CONCURRENCY: half, PROVIDER_CALLS_PER_SECOND: "100000" },
});
try {
  await measure(installation, Number(values.calls));
} finally {
  await installation.close();
}
