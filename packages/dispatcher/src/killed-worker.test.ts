import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { aRequest } from "./testing/a-call.ts";
import { createInstallation, type Installation } from "./testing/installation.ts";
import type { KilledWorkerOptions } from "./testing/killed-worker-process.ts";

const install = async () =>
  createInstallation({ mongo: await freshDatabase(), redis: await freshRedis() });

/** A call whose worker process was killed with SIGKILL right before or after it asked the carrier. */
async function callOfKilledWorker(
  installation: Installation,
  dies: KilledWorkerOptions["dies"],
  onUnknown: "hold" | "retry",
) {
  const { projectId, store, mongo, redis, dataDir } = installation;
  const dispatcher = installation.dispatcher();
  const retry = { maxAttempts: 2, backoff: { delaySeconds: 0 } };
  const request = aRequest({ toNumber: "+15550100110", onUnknown, retry });
  const { _id } = await dispatcher.accept({ projectId, request });
  const { uri, databaseName } = mongo;
  const options = { mongo: { uri, databaseName }, redis: { url: redis.url, prefix: redis.prefix } };
  const script = fileURLToPath(new URL("./testing/killed-worker-process.ts", import.meta.url));
  const json = JSON.stringify({ ...options, dataDir, dies } satisfies KilledWorkerOptions);
  const args = ["--conditions=source", "--import", "tsx", script, json];
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  expect(await once(child, "exit")).toEqual([null, "SIGKILL"]);
  expect((await store.calls.find(_id))?.attempts).toMatchObject([{ state: "submitting" }]);
  installation.work(dispatcher);
  const until = (status: string) =>
    waitFor(
      async () => {
        const read = await store.calls.find(_id);
        return read?.status === status && read;
      },
      { describe: status },
    );
  return { _id, until };
}

test("the call of a killed worker becomes unknown, and is bound when it is found", async () => {
  await using installation = await install();
  const call = await callOfKilledWorker(installation, "after", "hold");
  await call.until("Unknown");
  const busy = await call.until("Busy");
  const [first] = busy.attempts;
  expect(first).toMatchObject({ state: "ended", outcome: "busy" });
  expect(first!.events.map(({ status }) => status)).toContain("bound");
  const ledger = await installation.ledger();
  expect(ledger.map(({ attemptId }) => attemptId)).toEqual(busy.attempts.map(({ _id }) => _id));
});

test("a call that the killed worker never placed is held", async () => {
  await using installation = await install();
  const held = await callOfKilledWorker(installation, "before", "hold");
  await waitFor(async () => {
    const read = await installation.store.calls.find(held._id);
    return read?.statusMessage?.includes("held until a person decides");
  });
  expect(await installation.ledger()).toEqual([]);
});

test("a call that the killed worker never placed is called again where that is wanted", async () => {
  await using installation = await install();
  const call = await callOfKilledWorker(installation, "before", "retry");
  const record = await call.until("Busy");
  expect(record.attempts).toMatchObject([{ outcome: "lost" }, { outcome: "busy" }]);
  const ledger = await installation.ledger();
  expect(ledger.map(({ attemptId }) => attemptId)).toEqual([`${call._id}-2`]);
});
