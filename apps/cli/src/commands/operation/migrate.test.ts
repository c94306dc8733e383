import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn, runInTest } from "../../testing/cli-on.ts";

test("migrate brings an empty database to this release, and changes nothing a second time", async () => {
  await using cli = cliOn(await freshDatabase());
  const migrations = await cli.json<{ finishedAt?: string; inBackground?: true }[]>(["migrate"]);
  // Those in the background are for the workers.
  const first = migrations.filter(({ inBackground }) => !inBackground);
  expect(first.length).toBeGreaterThan(0);
  expect(first.filter(({ finishedAt }) => finishedAt === undefined)).toEqual([]);
  const { stdout, exitCode } = await cli.run(["migrate"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(first[0]!.finishedAt);
  expect(stdout).toContain("by the workers, in parts");
});

test("migrate fails where the database is away, so that an upgrade stops before it has begun", async () => {
  const MONGODB_URI = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200";
  const { exitCode, stderr } = await runInTest(["migrate"], { environment: { MONGODB_URI } });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("MONGODB_URI");
});
