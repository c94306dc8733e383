import { connectStore } from "@call-log/store";
import { callRecord, onEachDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

onEachDatabase((server, fresh) => {
  describe(`restored, on ${server}`, () => {
    test("has every open call looked for before it is dialled, and no other, once", async () => {
      await using cli = cliOn(await fresh());
      const store = await connectStore({ uri: cli.mongodbUri });
      const project = await store.projects.create({ name: "Shop" });
      const call = (status: "Queued" | "Scheduled" | "Completed") =>
        callRecord({ projectId: project._id, status });
      const [queued, scheduled, over] = [call("Queued"), call("Scheduled"), call("Completed")];
      for (const record of [queued, scheduled, over]) await store.calls.insert(record);
      const at = new Date(Date.now() - 3_600_000);
      const restored = { backupAt: at, restoredAt: expect.any(Date) };
      const run = () => cli.run(["restored", "--at", at.toISOString()]);
      expect(await run()).toMatchObject({
        exitCode: 0,
        stdout: "2 open calls are looked for at the providers before they are dialled\n",
      });
      for (const { _id } of [queued, scheduled])
        expect(await store.calls.find(_id)).toMatchObject({ restored });
      expect(await store.calls.find(over._id)).not.toHaveProperty("restored");
      expect(await store.restoredBackup()).toMatchObject({ backupAt: at, openCalls: 2 });
      const json = await cli.json<object>(["restored", "--at", at.toISOString()]);
      expect(json).toEqual({ backupAt: at.toISOString(), openCalls: 2 });
      await store.close();
    });

    test("is refused while a process is alive, and for a time to come", async () => {
      await using cli = cliOn(await fresh());
      const store = await connectStore({ uri: cli.mongodbUri });
      const worker = { id: "w", role: "worker", host: "node-1", pid: 7, startedAt: new Date() };
      await store.processes.announce({ ...worker, providers: ["twilio"], simulated: [] });
      const refused = await cli.run(["restored", "--at", "2026-11-25T03:12:00Z"]);
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toMatch(/stop every api and worker first, .*: worker 7 on node-1$/m);
      const early = await cli.run(["restored", "--at", "2999-01-01T00:00:00Z"]);
      expect(early).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining("--at: must not be in the future"),
      });
      expect(await store.restoredBackup()).toBeUndefined();
      await store.close();
    });
  });
});
