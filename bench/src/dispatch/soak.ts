import { setTimeout as delay } from "node:timers/promises";

import { Redis } from "ioredis";

import type { NodeProcess } from "../node-process.ts";
import { median } from "../statistics.ts";
import type { BenchSettings, Suite } from "../suite.ts";
import type { Table } from "../table.ts";
import { ONE_OF_EACH, startInstallation, type Installation } from "./installation.ts";
import { sendCalls } from "./send-calls.ts";
import { openTestbed, type Testbed } from "./testbed.ts";
import { untilAllEnded, checkAndClear } from "./until-all-ended.ts";

/** A load that one installation carries with ease: so many calls every second. */
const CALLS_A_SECOND = 20;
/** The time is cut into so many parts; the first, in which code is compiled, is shown, but not compared with. */
const PARTS = 6;

/** What is there at one moment. */
interface Sample {
  apiMiB: number;
  workerMiB: number;
  redisKeys: number;
}

/** The same load for minutes: what grows that should not. */
export const soakSuite: Suite = {
  name: "soak",
  title: "Soak: the same load for minutes",
  async run(settings) {
    const testbed = await openTestbed(settings);
    const redis = new Redis(testbed.redis.url);
    const installation = await startInstallation(testbed, "product", ONE_OF_EACH);
    try {
      return await soak({ testbed, redis, installation }, settings);
    } finally {
      await installation.close();
      redis.disconnect();
      await testbed.close();
    }
  },
};

interface Soaked {
  testbed: Testbed;
  redis: Redis;
  installation: Installation;
}

async function soak(soaked: Soaked, { minutes, say }: BenchSettings): Promise<(string | Table)[]> {
  const { testbed, redis, installation } = soaked;
  const keysBefore = await redis.dbsize();
  const seconds = Math.max(PARTS, Math.round(minutes * 60));
  const samples: Sample[] = [];
  const startedAt = performance.now();
  for (let second = 0; second < seconds; second += 1) {
    await sendCalls(installation, { calls: CALLS_A_SECOND, connections: 4 });
    samples.push(await sample(soaked));
    if (second % 60 === 59) say(`${(second + 1) / 60} minutes`);
    await delay(Math.max(0, startedAt + (second + 1) * 1000 - performance.now()));
  }
  await untilAllEnded(installation, 60_000);
  await checkAndClear(installation, seconds * CALLS_A_SECOND);
  const keysAfter = await redis.dbsize();
  const parts = Array.from({ length: PARTS }, (_, part) =>
    samples.slice((part * seconds) / PARTS, ((part + 1) * seconds) / PARTS),
  );
  const rows = parts.map((part, index) => [
    `${index + 1} of ${PARTS}`,
    ...COLUMNS.map((column) => median(part.map((one) => one[column]))),
  ]);
  return [
    `Database: ${testbed.mongo.name}. ${CALLS_A_SECOND} calls a second for ${seconds} s, one api, one worker. Afterwards none of the ${seconds * CALLS_A_SECOND} calls was open, each had all its events and its cost. Redis had ${keysBefore} keys before and ${keysAfter} after.`,
    {
      title: "Medians of each part of the time",
      columns: ["part", "api, MiB", "worker, MiB", "Redis keys"],
      rows,
    },
  ];
}

const COLUMNS = ["apiMiB", "workerMiB", "redisKeys"] as const;

async function sample({ redis, installation }: Soaked): Promise<Sample> {
  const memory = async ([process]: NodeProcess[]) => process!.residentMiB();
  return {
    apiMiB: await memory(installation.apis),
    workerMiB: await memory(installation.workers),
    redisKeys: await redis.dbsize(),
  };
}
