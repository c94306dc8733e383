import { expect, test } from "vitest";

import { wholeInstallation } from "../../testing/whole-installation.ts";

test("health says what keeps calls from being placed, and --version the version", async () => {
  await using here = await wholeInstallation();
  const create = ["key", "create", "--permission", "Viewer"];
  const { key } = await here.cli.json<{ key: string }>(create);
  const keyed = { environment: { ...here.environment, CALL_LOG_API_KEY: key } };
  const health = () => here.cli.run(["health"], keyed);
  // The workers say that they are there a moment after their start.
  await expect.poll(async () => (await health()).exitCode).toBe(0);
  const good = await health();
  expect(good.stdout).toMatch(/^mongodb +ok +answers in \d+ ms$/m);
  expect(good.stdout).toMatch(
    /^providers +ok +simulated; the simulated provider: no phone rings$/m,
  );
  expect(good.stdout).toMatch(/^stuck calls +ok +none$/m);
  await here.cli.run(["provider", "pause", "simulated", "--reason", "Drill"]);
  const paused = await health();
  expect(paused.exitCode).toBe(1);
  expect(paused.stdout).toMatch(/^providers +FAILED +simulated; paused: simulated/m);
  expect((await here.cli.run(["health"])).stderr).toContain("on the machine: doctor");
  expect((await here.cli.run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
