import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";

test("a process that is killed between an act and its line leaves the act, and the next round files the line", async () => {
  await using database = await freshDatabase();
  let clock = new Date();
  const store = await connectStore({ ...database, now: () => clock });
  try {
    const { _id } = await store.projects.create({ name: "Shop" });
    const entry = fileURLToPath(new URL("../testing/killed-act-process.ts", import.meta.url));
    const { uri, databaseName } = database;
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "--conditions=source", entry, uri, databaseName, _id],
      { stdio: "inherit" },
    );
    const [, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect(signal).toBe("SIGKILL");
    expect((await store.projects.find(_id))?.paused?.reason).toBe("Drill");
    const lines = () => collectionsOf(store).auditLog.find({ act: "project.pause" }).toArray();
    expect(await lines()).toEqual([]);
    clock = new Date(clock.getTime() + 3_600_000);
    expect(await store.audit.fileLeft()).toBe(1);
    const actor = { kind: "command-line", id: "root" };
    expect(await lines()).toMatchObject([{ actor, target: { kind: "project", id: _id } }]);
    expect(await store.audit.fileLeft()).toBe(0);
  } finally {
    await store.close();
  }
});
