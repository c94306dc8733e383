import { connectStore } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("doctor says that the database answers, and how far its migrations are", async () => {
  await using cli = cliOn(await freshDatabase());
  // The first look at a database that nobody has used says so, and the store is opened by it.
  const fresh = await cli.json<{ name: string; level: string }[]>(["doctor"]);
  expect(fresh).toContainEqual(expect.objectContaining({ name: "indexes", level: "warn" }));
  const checks = await cli.json<{ name: string; isGood: boolean }[]>(["doctor"]);
  expect(checks).toEqual(
    expect.arrayContaining(
      [
        { name: "database", isGood: true, level: "ok" },
        { name: "indexes", level: "ok" },
        { name: "migration 1", isGood: true },
        { name: "providers", isGood: true, detail: "no process runs" },
        { name: "disk", level: "ok" },
      ].map((check) => expect.objectContaining(check)),
    ),
  );
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
  await announce("worker", ["simulated"]);
  const one = await cli.run(["doctor"]);
  expect(one.exitCode).toBe(0);
  expect(one.stdout).toContain(
    "simulated (worker node-1:7); the simulated provider: no phone rings",
  );
  await announce("api", ["twilio", "telnyx"]);
  const { stdout, exitCode } = await cli.run(["doctor"]);
  await store.close();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /providers +FAILED +PROVIDER differs: simulated \(worker node-1:7\); twilio,telnyx \(api node-1:7\)/,
  );
});
