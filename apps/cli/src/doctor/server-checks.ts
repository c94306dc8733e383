import type { DatabaseReport } from "@call-log/store";

import { bad, type Check, good } from "./check.ts";

/** What is known of a Redis server; what it does not say is undefined. */
export interface RedisFacts {
  version: string | undefined;
  policy: string | undefined;
  usedBytes: number | undefined;
  /** 0: it takes what the machine has. */
  maxBytes: number | undefined;
  /** Whether it writes an append-only file or snapshots. */
  isPersistent: boolean | undefined;
}

/** Oldest versions that call-log is meant for. */
export const MINIMUM = { mongodb: "5.0", redis: "6.2" } as const;
/** Part of its memory from which on a Redis server is nearly full. */
const NEARLY_FULL = 0.8;
const MOST_CLOCK_MS = 2000;

/** What a database is like. */
export function databaseChecks(report: DatabaseReport): Check[] {
  const { version, clockAheadMs, missingIndexes: missing, extraIndexes: extra } = report;
  return [
    versionCheck("database version", version, MINIMUM.mongodb),
    clockCheck("clock of the database", clockAheadMs),
    missing.length === 0
      ? good("indexes", "all are there")
      : bad("indexes", "warn", [
          `missing: ${missing.join(", ")}`,
          "Start an api or a worker of this release: it creates them.",
        ]),
    extra.length === 0
      ? good("other indexes", "none")
      : bad("other indexes", "warn", [
          `not of this release: ${extra.join(", ")}`,
          "Drop them if no other release runs and nobody else uses them: each costs time at every write.",
        ]),
    ...report.migrations.map(migrationCheck),
  ];
}

/** What a Redis server is like. */
export function redisChecks({ version, policy, ...facts }: RedisFacts): Check[] {
  return [
    versionCheck("redis version", version, MINIMUM.redis),
    policy === undefined || policy === "noeviction"
      ? good("redis eviction", policy ?? "not reported")
      : bad("redis eviction", "fail", [
          `maxmemory-policy is ${policy}: a full Redis deletes jobs`,
          "Set maxmemory-policy to noeviction.",
        ]),
    memoryCheck(facts),
    facts.isPersistent === false
      ? bad("redis persistence", "warn", [
          "neither an append-only file nor snapshots",
          "Set appendonly to yes. Without it, queued requests of producers are lost when Redis stops; accepted calls are not.",
        ])
      : good("redis persistence", facts.isPersistent === true ? "on" : "not reported"),
  ];
}

/** Whether another clock agrees with this machine's. */
export function clockCheck(name: string, aheadMs: number): Check {
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1);
  const detail = `${seconds} s ${aheadMs < 0 ? "behind" : "ahead of"} this machine`;
  if (Math.abs(aheadMs) <= MOST_CLOCK_MS) return good(name, detail);
  return bad(name, "warn", [detail, "Let every machine take its time from NTP."]);
}

function memoryCheck({
  usedBytes = 0,
  maxBytes = 0,
}: Pick<RedisFacts, "usedBytes" | "maxBytes">): Check {
  const used = `${Math.round(usedBytes / 1_048_576)} MB used`;
  if (maxBytes === 0) return good("redis memory", `${used}, no limit`);
  const detail = `${used} of ${Math.round(maxBytes / 1_048_576)} MB`;
  if (usedBytes < NEARLY_FULL * maxBytes) return good("redis memory", detail);
  const remedy = "Raise maxmemory, or lower MAX_DISPATCH_JOBS. A full Redis refuses jobs.";
  return bad("redis memory", "fail", [detail, remedy]);
}

function versionCheck(name: string, version: string | undefined, least: string): Check {
  if (version === undefined) return good(name, "not reported");
  if (isAtLeast(version, least)) return good(name, version);
  return bad(name, "fail", [
    `${version} is older than ${least}`,
    `Upgrade it to ${least} or later.`,
  ]);
}

function isAtLeast(version: string, least: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor = 0, leastMinor = 0] = least.split(".").map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function migrationCheck(migration: DatabaseReport["migrations"][number]): Check {
  const { number, title, finishedAt, isNewer, inBackground } = migration;
  const name = `migration ${number}`;
  const newer = isNewer ? ", by a newer release" : "";
  if (finishedAt !== undefined)
    return good(name, `${title}: done ${finishedAt.toISOString()}${newer}`);
  if (inBackground) return good(name, `${title}: workers go on with it, and nothing waits for it`);
  return bad(name, "fail", [
    `${title}: not finished${newer}`,
    "Start an api or a worker: it goes on with it. Look at its log if it does not.",
  ]);
}
