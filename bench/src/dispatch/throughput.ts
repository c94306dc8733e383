import type { NodeProcess } from "../node-process.ts";
import { inRounds } from "../rounds.ts";
import { median } from "../statistics.ts";
import type { Table } from "../table.ts";
import type { Installation } from "./installation.ts";
import { sendCalls, type CallLoad } from "./send-calls.ts";
import type { Testbed } from "./testbed.ts";
import { untilAllEnded, checkAndClear } from "./until-all-ended.ts";

/** What one round of calls came to. */
export interface Throughput {
  /** From the first request until every call is over. */
  callsPerSecond: number;
  /** Until the last request was answered. */
  acceptedPerSecond: number;
  /** Processor time of a call in milliseconds. */
  api: number;
  worker: number;
  database: number;
  redis: number;
  /** Of all of them together. */
  all: number;
}

const PATIENCE_MS = 300_000;

/** Testbed calls and measure until all are over, then check every one of them. */
export async function measureThroughput(
  testbed: Testbed,
  installation: Installation,
  load: CallLoad,
): Promise<Throughput> {
  const before = await cpuOf(testbed, installation);
  const startedAt = performance.now();
  await sendCalls(installation, load);
  const acceptedAfter = performance.now() - startedAt;
  await untilAllEnded(installation, PATIENCE_MS);
  const overAfter = performance.now() - startedAt;
  const after = await cpuOf(testbed, installation);
  await checkAndClear(installation, load.calls);
  const perCall = (part: keyof typeof after) => {
    const seconds = after[part] - before[part];
    // A process of the server has ended meanwhile, and took its time with it.
    return seconds < 0 ? Number.NaN : (seconds * 1000) / load.calls;
  };
  const cpu = {
    api: perCall("api"),
    worker: perCall("worker"),
    database: perCall("database"),
    redis: perCall("redis"),
  };
  return {
    callsPerSecond: (load.calls * 1000) / overAfter,
    acceptedPerSecond: (load.calls * 1000) / acceptedAfter,
    ...cpu,
    all: cpu.api + cpu.worker + cpu.database + cpu.redis,
  };
}

async function cpuOf({ mongo, redis }: Testbed, { apis, workers }: Installation) {
  const sum = async (processes: readonly NodeProcess[]) =>
    (await Promise.all(processes.map((one) => one.cpuSeconds()))).reduce((a, b) => a + b, 0);
  return {
    api: await sum(apis),
    worker: await sum(workers),
    database: await mongo.cpuSeconds(),
    redis: await redis.cpuSeconds(),
  };
}

/** Calls after which the processor time of a call falls no more, since its code is compiled. */
const WARM_UP_CALLS = 4000;
/** As many as a quick run has time for. */
const SHORT_WARM_UP_CALLS = 300;

/** Load installations, one after the other and unmeasured, until their code is compiled. */
export async function warmUp(
  testbed: Testbed,
  installations: readonly Installation[],
  { quick }: { quick: boolean },
): Promise<void> {
  const load = { calls: quick ? SHORT_WARM_UP_CALLS : WARM_UP_CALLS, connections: 50 };
  for (const one of installations) await measureThroughput(testbed, one, load);
}

/** Compare installations that are warm in interleaved rounds; the last of them is what the ratios are to. */
export async function compareThroughput(
  testbed: Testbed,
  installations: readonly Installation[],
  { rounds, load }: { rounds: number; load: CallLoad },
): Promise<Table> {
  const measured = await inRounds(installations, rounds, (one) =>
    measureThroughput(testbed, one, load),
  );
  const rows = installations.map(({ name }, index) => {
    const own = measured.map((round) => round[index]!);
    const ratios = measured.map(
      (round) => round[index]!.callsPerSecond / round.at(-1)!.callsPerSecond,
    );
    const middle = (part: keyof Throughput) => median(own.map((one) => one[part]));
    return [
      name,
      middle("callsPerSecond"),
      median(ratios),
      ratios.map((ratio) => ratio.toFixed(2)).join(", "),
      ...CPU_COLUMNS.map(middle),
    ];
  });
  return {
    title: `${load.calls} calls a round, ${load.connections} requests at a time, ${rounds} rounds`,
    columns: [
      "",
      "calls/s",
      "× least",
      "of each round",
      ...CPU_COLUMNS.map((part) => `${part}, ms CPU a call`),
    ],
    rows,
  };
}

const CPU_COLUMNS = ["api", "worker", "database", "redis", "all"] as const;
