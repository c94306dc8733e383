import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../testing/cli-on.ts";

test("doctor says that the database answers, and how far its migrations are", async () => {
  await using cli = cliOn(await freshDatabase());
  const checks = await cli.json<{ name: string; isGood: boolean }[]>(["doctor"]);
  expect(checks).toMatchObject([
    { name: "database", isGood: true },
    { name: "migration 1", isGood: true },
  ]);
  const { stdout, exitCode } = await cli.run(["doctor"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/migration 1 +ok +Digits .* deleted: done 20/);
});
