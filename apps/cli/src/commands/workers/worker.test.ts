import { connectStore } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

test("workers are listed, drained and resumed on the machine", async () => {
  await using cli = cliOn(await freshDatabase());
  const store = await connectStore({ uri: cli.mongodbUri });
  const info = { host: "node-1", pid: 7, startedAt: new Date(), providers: [], simulated: [] };
  await store.processes.announce({ ...info, id: "w", role: "worker" });
  await store.processes.announce({ ...info, id: "a", role: "api" });
  expect((await cli.run(["worker", "drain", "w"])).stdout).toBe("worker w drained\n");
  expect(await cli.json(["worker", "list"])).toMatchObject([{ id: "w", draining: true }]);
  expect((await cli.run(["worker", "list"])).stdout).toMatch(/^w +node-1:7 +draining /m);
  expect(await cli.json(["worker", "resume", "--all"])).toEqual({
    workers: ["w"],
    draining: false,
  });
  expect(await store.processes.isDraining("w")).toBe(false);
  await store.close();
  const wrong = await cli.run(["worker", "drain", "a"]);
  expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("no such worker") });
  for (const bad of [[], ["w", "--all"]])
    expect((await cli.run(["worker", "drain", ...bad])).exitCode).toBe(2);
});
