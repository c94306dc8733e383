import { connectStore } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("doctor says that the database answers, and how far its migrations are", async () => {
  await using cli = cliOn(await freshDatabase());
  const checks = await cli.json<{ name: string; isGood: boolean }[]>(["doctor"]);
  expect(checks).toMatchObject([
    { name: "database", isGood: true },
    { name: "migration 1", isGood: true },
    { name: "providers", isGood: true, detail: "no process runs" },
  ]);
  const { stdout, exitCode } = await cli.run(["doctor"]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/migration 1 +ok +Digits .* deleted: done 20/);
});

test("doctor names processes that call through other providers, and a provider that rings no phone", async () => {
  await using cli = cliOn(await freshDatabase());
  const store = await connectStore({ uri: cli.mongodbUri });
  const announce = (role: string, providers: string[]) =>
    store.processes.announce({
      id: role,
      role,
      host: "node-1",
      pid: 7,
      startedAt: new Date(),
      providers,
      simulated: providers.filter((name) => name.startsWith("simulated")),
    });
  await announce("api", ["simulated"]);
  const one = await cli.run(["doctor"]);
  expect(one.exitCode).toBe(0);
  expect(one.stdout).toContain("simulated (api node-1:7); the simulated provider: no phone rings");
  await announce("worker", ["twilio", "telnyx"]);
  const { stdout, exitCode } = await cli.run(["doctor"]);
  await store.close();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /providers +FAILED +PROVIDER differs: simulated \(api node-1:7\); twilio,telnyx \(worker node-1:7\)/,
  );
});
