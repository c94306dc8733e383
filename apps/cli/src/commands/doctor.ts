import { Redis } from "ioredis";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { findInstallation } from "../installation.ts";
import { tableText } from "../table.ts";
import { withStore } from "../with-store.ts";

/** How long Redis may take to answer, in milliseconds. */
const PATIENCE_MS = 3000;

/** One thing that was looked at. */
interface Check {
  name: string;
  isGood: boolean;
  detail: string;
}

/** `doctor`: whether the servers answer, and how far the migrations of the database are. */
export const doctor = defineCommand({
  name: "doctor",
  summary: "Check the database, its migrations and Redis",
  declare: () => undefined,
  options: z.strictObject({}),
  async run(_given, context) {
    const { redisUrl } = await findInstallation(context.settings);
    const checks = [
      ...(await withStore(context, async (store) => [
        await answering("database", () => store.ping()),
        ...(await store.migrations()).map(checkOfMigration),
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
