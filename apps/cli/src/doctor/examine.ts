import { type Environment, RELEASE_VERSION } from "@call-log/model";
import { inspectDatabase, type Store } from "@call-log/store";

import type { Installation } from "../access/installation.ts";
import { bad, type Check, good } from "./check.ts";
import {
  callbackCheck,
  certificateCheck,
  credentialsCheck,
  diskCheck,
  problemChecks,
  processChecks,
  settingsCheck,
} from "./installation-checks.ts";
import { lookAtNumbers } from "./look-at-numbers.ts";
import { lookAtRedis } from "./look-at-redis.ts";
import { lookAtSettings, type SettingsFound } from "./look-at-settings.ts";
import { certificateDays, clockOf, freeBytes, lookAtCallbacks, reasonOf } from "./look-outside.ts";
import { clockCheck, databaseChecks, redisChecks } from "./server-checks.ts";

/** What is examined. */
export interface Patient extends Installation {
  environment: Environment;
  /** Whether it is one process with servers of its own. */
  isStandalone: boolean;
  dataDir: string;
  /** Opens the store. */
  withStore: <T>(act: (store: Store) => Promise<T>) => Promise<T>;
}

/** Settings of servers alone: where none is set, this is not their environment. */
const SERVERS = ["REDIS_URL", "PROVIDER", "PUBLIC_URL"] as const;
const UNREAD = bad("settings", "warn", [
  "this is not the environment of an api or worker",
  "Run doctor with their environment to check settings, callback address and credentials.",
]);

/** Look at everything, in the order in which things depend on each other. What can't be looked at is a check that fails. */
export async function examine(patient: Patient): Promise<Check[]> {
  const { environment, mongodbUri, redisUrl, dataDir } = patient;
  const settings = SERVERS.some((name) => environment[name])
    ? lookAtSettings(environment, patient.isStandalone ? "standalone" : "servers")
    : undefined;
  return [
    settings ? settingsCheck(settings.problems, settings.misspelt) : UNREAD,
    // Before the store is opened, which creates what is missing.
    ...(await asked("database", async () => databaseChecks(await inspectDatabase(mongodbUri)))),
    ...(await asked("processes", () =>
      patient.withStore(async (store) => [
        ...processChecks(await store.processes.alive(), RELEASE_VERSION),
        ...problemChecks(await store.problems.current()),
      ]),
    )),
    ...(redisUrl === undefined
      ? []
      : await asked("redis", async () => redisChecks(await lookAtRedis(redisUrl)))),
    ...(settings ? await outside(settings, dataDir) : []),
    ...(settings ? await asked("numbers", () => numbers(settings, patient)) : []),
    ...(await asked("disk", async () => [diskCheck(dataDir, await freeBytes(dataDir))], "warn")),
  ];
}

async function outside({ publicUrl, accounts }: SettingsFound, dataDir: string): Promise<Check[]> {
  const checks = [callbackCheck(await lookAtCallbacks(publicUrl))];
  if (publicUrl?.startsWith("https:") === true)
    checks.push(
      ...(await asked("certificate", async () => [
        certificateCheck(await certificateDays(publicUrl)),
      ])),
    );
  for (const { account, apiUrl } of accounts) {
    const name = `credentials ${account.name}`;
    checks.push(
      ...(await asked(name, async () => {
        const provider = account.open({ dataDir, now: () => new Date() });
        try {
          const answer = await provider.check();
          return [credentialsCheck(account.name, answer.ok ? undefined : answer.reason)];
        } finally {
          await provider.close();
        }
      })),
    );
    if (apiUrl !== undefined)
      checks.push(
        ...(await asked(
          `clock of ${account.name}`,
          async () => {
            const aheadMs = await clockOf(apiUrl);
            return aheadMs === undefined ? [] : [clockCheck(`clock of ${account.name}`, aheadMs)];
          },
          "warn",
        )),
      );
  }
  return checks;
}

// Opened beside the checks of credentials: which numbers an account has to have is known to the database alone.
async function numbers({ accounts }: SettingsFound, patient: Patient): Promise<Check[]> {
  const { dataDir } = patient;
  const providers = accounts.map(({ account }) => account.open({ dataDir, now: () => new Date() }));
  try {
    return await patient.withStore((store) => lookAtNumbers(store, providers));
  } finally {
    await Promise.all(providers.map((provider) => provider.close()));
  }
}

// The first of them says that it answers, or why not.
async function asked(
  name: string,
  look: () => Promise<Check[]>,
  level: "warn" | "fail" = "fail",
): Promise<Check[]> {
  const from = performance.now();
  try {
    const checks = await look();
    const isServer = name === "database" || name === "redis";
    const ms = Math.round(performance.now() - from);
    return isServer ? [good(name, `answers in ${ms} ms`), ...checks] : checks;
  } catch (error) {
    const remedy = "See that it runs, and that its address is right.";
    return [bad(name, level, [reasonOf(error), remedy])];
  }
}
