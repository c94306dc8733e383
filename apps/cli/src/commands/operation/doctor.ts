import { providerLists, providerListsText, SIMULATED_WARNING } from "@call-log/model";
import type { ProcessInfo } from "@call-log/store";
import { Redis } from "ioredis";
import { z } from "zod";

import { findInstallation } from "../../access/installation.ts";
import { withStore } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { tableText } from "../../output/table.ts";

/** How long Redis may take to answer, in milliseconds. */
const PATIENCE_MS = 3000;

/** One thing that was looked at. */
interface Check {
  name: string;
  isGood: boolean;
  detail: string;
}

/** `doctor`: whether the servers answer, how far the migrations of the database are, and whether all processes call through the same providers. */
export const doctor = defineCommand({
  name: "doctor",
  summary: "Check the database, its migrations, who places the calls, and Redis",
  declare: () => undefined,
  options: z.strictObject({}),
  async run(_given, context) {
    const { redisUrl } = await findInstallation(context.settings);
    const checks = [
      ...(await withStore(context, async (store) => [
        await answering("database", () => store.ping()),
        ...(await store.migrations()).map(checkOfMigration),
        checkOfProviders(await store.processes.alive()),
      ])),
      ...(redisUrl === undefined ? [] : [await answering("redis", () => pingRedis(redisUrl))]),
    ];
    const text = tableText(checks, {
      CHECK: ({ name }) => name,
      RESULT: ({ isGood }) => (isGood ? "ok" : "FAILED"),
      DETAIL: ({ detail }) => detail,
    });
    return { json: checks, text, exitCode: checks.every(({ isGood }) => isGood) ? 0 : 1 };
  },
});

async function answering(name: string, ask: () => Promise<unknown>): Promise<Check> {
  const from = performance.now();
  try {
    await ask();
    return { name, isGood: true, detail: `answers in ${Math.round(performance.now() - from)} ms` };
  } catch (error) {
    return { name, isGood: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function pingRedis(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
  });
  // The command's own error says what is wrong; without a listener ioredis prints it.
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

// A simulated provider may be meant; another list in each process can't be.
function checkOfProviders(running: readonly ProcessInfo[]): Check {
  const lists = providerLists(running);
  const simulated = running.some((one) => one.simulated.length > 0) ? `; ${SIMULATED_WARNING}` : "";
  const differ = lists.length > 1 ? "PROVIDER differs: " : "";
  const text = lists.length === 0 ? "no process runs" : providerListsText(lists);
  return { name: "providers", isGood: lists.length <= 1, detail: `${differ}${text}${simulated}` };
}

function checkOfMigration(migration: {
  number: number;
  title: string;
  finishedAt?: Date;
  isNewer: boolean;
}): Check {
  const { number, title, finishedAt, isNewer } = migration;
  const state = finishedAt === undefined ? "not finished" : `done ${finishedAt.toISOString()}`;
  return {
    name: `migration ${number}`,
    isGood: finishedAt !== undefined,
    detail: `${title}: ${state}${isNewer ? ", by a newer release" : ""}`,
  };
}
