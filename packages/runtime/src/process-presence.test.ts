import type { LogFields } from "@call-log/dispatcher";
import { connectStore } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { startPresence } from "./process-presence.ts";

async function freshProcesses() {
  const database = await freshDatabase();
  const store = await connectStore(database);
  onTestFinished(async () => {
    await store.close();
    await database.close();
  });
  return store.processes;
}

function lines() {
  const seen: [level: string, text: string, fields: LogFields][] = [];
  const at = (level: string) => (fields: LogFields, text: string) =>
    void seen.push([level, text, fields]);
  return { seen, log: { info: at("info"), warn: at("warn"), error: at("error") } };
}

const about = (role: string, pid: number, providers: string[]) => ({
  id: `${role}-${pid}`,
  role,
  host: "node-1",
  pid,
  startedAt: new Date(),
  providers,
  simulated: providers.filter((name) => name.startsWith("simulated")),
});

test("an api and a worker with other providers say so, in both logs, once, and when it is over", async () => {
  const processes = await freshProcesses();
  const [api, worker] = [lines(), lines()];
  const everyMs = 20;
  const first = await startPresence({
    processes,
    info: about("api", 1, ["twilio"]),
    log: api.log,
    everyMs,
  });
  expect(api.seen).toEqual([]);
  const info = about("worker", 2, ["simulated-backup"]);
  const second = await startPresence({ processes, info, log: worker.log, everyMs });
  const differ = [
    "warn",
    "processes run with different PROVIDER lists",
    { lists: "twilio (api node-1:1); simulated-backup (worker node-1:2)" },
  ];
  expect(worker.seen).toEqual([
    ["warn", "the simulated provider: no phone rings", { providers: "simulated-backup" }],
    differ,
  ]);
  await expect.poll(() => api.seen).toEqual([differ]);
  await second.close();
  await expect
    .poll(() => api.seen)
    .toEqual([differ, ["info", "all processes have one PROVIDER list again", {}]]);
  await first.close();
  expect(await processes.alive()).toEqual([]);
});

test("another order is another list, and processes of one list are none the worse", async () => {
  const processes = await freshProcesses();
  const { seen, log } = lines();
  const open = async (pid: number, providers: string[]) => {
    const closable = await startPresence({ processes, info: about("worker", pid, providers), log });
    onTestFinished(async () => void (await closable.close()));
  };
  await open(1, ["twilio", "telnyx"]);
  await open(2, ["twilio", "telnyx"]);
  expect(seen).toEqual([]);
  await open(3, ["telnyx", "twilio"]);
  expect(seen).toHaveLength(1);
});

test("a database that is away is said once, and stops nothing", async () => {
  const { seen, log } = lines();
  const away = () => Promise.reject(new Error("away"));
  const processes = { announce: away, leave: away, alive: away, accounts: away };
  const everyMs = 5;
  const presence = await startPresence({
    processes,
    info: about("api", 1, ["twilio"]),
    log,
    everyMs,
  });
  await expect.poll(() => seen.length).toBe(1);
  await presence.close();
  expect(seen.map(([, text]) => text)).toEqual([
    "this process could not say that it runs",
    "this process could not say goodbye",
  ]);
});
