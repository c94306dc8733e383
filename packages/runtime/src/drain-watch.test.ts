import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase, suiteLog, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { startDrainWatch } from "./drain-watch.ts";

/** A worker process of an installation, which asks every 20 ms. */
async function aWorker() {
  const database = await freshDatabase();
  const store = await connectStore(database);
  const { processes } = store;
  const info = { id: "w", role: "worker", host: "n", pid: 1, providers: [], simulated: [] };
  await processes.announce({ ...info, startedAt: new Date() });
  const changes: boolean[] = [];
  const workers = {
    setDraining(isDraining: boolean) {
      if (changes.at(-1) !== isDraining) changes.push(isDraining);
    },
  };
  const dispatcher = { context: { workerId: "w", log: suiteLog } };
  const watch = startDrainWatch({ store, dispatcher }, workers, 20);
  onTestFinished(async () => {
    await watch.close();
    await store.close();
    await database.close();
  });
  return {
    store,
    processes,
    changes,
    watch,
    lines: () => collectionsOf(store).auditLog.find().toArray(),
  };
}

test("a worker is drained and resumed from anywhere, each with a line in the audit trail", async () => {
  const { processes, changes, lines } = await aWorker();
  const acting = { actor: { kind: "command-line" as const, id: "ada" } };
  expect(await processes.setDraining("w", true, acting)).toBe(true);
  expect(await processes.setDraining("w", true, acting)).toBe(true);
  await waitFor(() => changes.at(-1) === true);
  expect(await processes.alive()).toMatchObject([{ id: "w", draining: true }]);
  // A sign of life leaves it drained.
  await processes.setDraining("w", false, acting);
  await waitFor(() => changes.at(-1) === false);
  expect(await lines()).toMatchObject([
    { act: "worker.drain", actor: { id: "ada" }, target: { kind: "worker", id: "w" } },
    { act: "worker.resume", changes: [{ field: "draining", from: true, to: false }] },
  ]);
  expect(await processes.setDraining("gone", true, acting)).toBe(false);
});

test("a signal drains it at once, and anybody sees and undoes that", async () => {
  const { processes, changes, watch, lines } = await aWorker();
  watch.drain();
  expect(changes).toEqual([true]);
  await waitFor(() => processes.isDraining("w"));
  // Filed a moment after the act.
  await waitFor(async () => (await lines()).length > 0);
  expect(await lines()).toMatchObject([{ act: "worker.drain", actor: { kind: "system" } }]);
  await processes.setDraining("w", false);
  await waitFor(() => changes.at(-1) === false);
});

test("an api has no workers to drain", async () => {
  const { processes } = await aWorker();
  const info = { id: "a", role: "api", host: "n", pid: 2, providers: [], simulated: [] };
  await processes.announce({ ...info, startedAt: new Date() });
  expect(await processes.setDraining("a", true)).toBe(false);
});
