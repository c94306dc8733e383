import type { ProviderEvent } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "./accept/accept-call.ts";
import { dispatchAttempt } from "./dispatch/dispatch-attempt.ts";
import { recordEvent } from "./record/record-event.ts";
import { aRequest, PROJECT_ID, START } from "./testing/a-call.ts";
import { createTestContext } from "./testing/test-context.ts";

const EVENTS = ["initiated", "ringing", "in-progress", "completed"] as const;

/** An api and workers on one database, and the commands that they send to it; what is looked up once a second is known. */
async function watchedProcesses(workers: number) {
  const database = await freshDatabase();
  const commands: string[] = [];
  const store = await connectStore({
    ...database,
    now: () => START,
    elapsedMs: () => 0,
    onCommand: ({ name, collection }) => void commands.push(`${name} ${collection}`),
  });
  const project = { _id: PROJECT_ID, name: "Shop", fromNumbers: [], providerChain: [] };
  await collectionsOf(store).projects.insertOne({ ...project, createdAt: START });
  await store.projects.recent(PROJECT_ID);
  commands.length = 0;
  const processes = Array.from({ length: 1 + workers }, () =>
    createTestContext({ calls: () => store.calls }),
  );
  const [api, ...others] = processes as [(typeof processes)[0], ...typeof processes];
  return {
    api,
    workers: others,
    commands,
    async [Symbol.asyncDispose]() {
      await store.close();
      await database.close();
    },
  };
}

type Processes = Awaited<ReturnType<typeof watchedProcesses>>;

/** One call after its request: answered at once, with four events, each recorded by the next worker. */
async function callOnce({ api, workers }: Processes): Promise<string> {
  const { _id } = await acceptCall(api, { projectId: PROJECT_ID, request: aRequest() });
  await dispatchAttempt(workers[0]!, api.dispatches.at(-1)!.job);
  for (const [sequence, status] of EVENTS.entries()) {
    const event: ProviderEvent = {
      attemptId: `${_id}-1`,
      provider: "first",
      providerCallId: `first-${_id}-1`,
      source: "callback",
      at: START.toISOString(),
      status,
      sequence,
      ...(status === "completed" && { price: { amount: "-0.01300", currency: "USD" } }),
    };
    await recordEvent(workers[(sequence + 1) % workers.length]!, event);
  }
  return _id;
}

test("a call costs eight database commands: its insert, one find, the claim, and a write for its answer and each event", async () => {
  await using processes = await watchedProcesses(1);
  const _id = await callOnce(processes);
  expect(processes.commands).toEqual([
    "insert callLogs",
    "find callLogs",
    "findAndModify callLogs",
    // The answer and four events.
    ...Array.from({ length: 1 + EVENTS.length }, () => "bulkWrite callLogs"),
  ]);
  expect(await processes.api.calls.find(_id)).toMatchObject({ status: "Completed" });
});

test("beside another worker a call costs four more: each event is read before it is written", async () => {
  await using processes = await watchedProcesses(2);
  const { commands } = processes;
  await callOnce(processes);
  // Each of the two has lost a write to the other, and reads from now on.
  expect(commands).toHaveLength(14);
  commands.length = 0;
  await callOnce(processes);
  expect(commands).toHaveLength(12);
});

test("a call that waits some seconds for its turn costs one read each time it asks", async () => {
  await using processes = await watchedProcesses(1);
  const { api, workers, commands } = processes;
  const worker = workers[0]!;
  worker.settings.providerCallsPerSecond = 1;
  worker.limiter = { ...worker.limiter, take: async () => 4000 };
  await acceptCall(api, { projectId: PROJECT_ID, request: aRequest() });
  const { job } = api.dispatches.at(-1)!;
  commands.length = 0;
  const result = { kind: "later", at: new Date(START.getTime() + 4000) };
  expect(await dispatchAttempt(worker, job)).toMatchObject(result);
  expect(await dispatchAttempt(worker, job)).toMatchObject(result);
  expect(commands).toEqual(["find callLogs", "find callLogs"]);
});
