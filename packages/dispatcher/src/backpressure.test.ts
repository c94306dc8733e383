import type { ProviderEvent } from "@call-log/model";
import type { CallStore } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase, freshRedis, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { sweep } from "./maintenance/sweep.ts";
import { aRequest, CALL_ID, START } from "./testing/a-call.ts";
import { createInstallation } from "./testing/installation.ts";

const CALLS = 20;
const EVENTS = 12;
const CONCURRENCY = { dispatch: 5, events: 3 };

/** A store that answers nothing before it is released, and counts who waits for it. */
function stalled(calls: CallStore) {
  let release = () => {};
  const released = new Promise<void>((resolve) => void (release = resolve));
  const waiting = { finds: 0, mostFinds: 0, sweeps: 0, mostSweeps: 0 };
  const find: CallStore["find"] = async (...which) => {
    waiting.finds += 1;
    waiting.mostFinds = Math.max(waiting.mostFinds, waiting.finds);
    await released;
    waiting.finds -= 1;
    return calls.find(...which);
  };
  const findDue: CallStore["findDue"] = async (...range) => {
    waiting.sweeps += 1;
    waiting.mostSweeps = Math.max(waiting.mostSweeps, waiting.sweeps);
    await released;
    waiting.sweeps -= 1;
    return calls.findDue(...range);
  };
  return { calls: { ...calls, find, findDue }, waiting, release: () => release() };
}

test("while the database is slow the queue waits: a worker takes no more than it works on", async () => {
  await using installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  const { projectId, store } = installation;
  const env = {
    DISPATCH_CONCURRENCY: String(CONCURRENCY.dispatch),
    EVENT_CONCURRENCY: String(CONCURRENCY.events),
    REQUEUE_AFTER_SECONDS: "30",
  };
  const dispatcher = installation.dispatcher({ env, hasCallbacks: true });
  const { queues } = dispatcher;
  const requests = Array.from({ length: CALLS }, () => ({ ...aRequest(), say: "Down." }));
  await dispatcher.acceptMany({ projectId, requests });
  const event: ProviderEvent = {
    attemptId: `${CALL_ID}-1`,
    provider: "simulated",
    source: "callback",
    status: "ringing",
    at: START.toISOString(),
  };
  await dispatcher.queues.addEvents(Array.from({ length: EVENTS }, () => event));

  const slow = stalled(store.calls);
  installation.work({ ...dispatcher, context: { ...dispatcher.context, calls: slow.calls } });
  const depthOf = async (name: string) => (await queues.depths()).find((one) => one.name === name)!;
  // Events of one call share a look-up, so that the one find of these stands for all.
  const isFull = async () => {
    const [dispatches, events] = [await depthOf("call-dispatch"), await depthOf("call-events")];
    const took = dispatches.active === CONCURRENCY.dispatch && events.active === CONCURRENCY.events;
    return took && slow.waiting.sweeps === 1 && slow.waiting.finds === CONCURRENCY.dispatch + 1;
  };
  try {
    await waitFor(isFull, { describe: "workers that have all they can take" });
    expect(await depthOf("call-dispatch")).toMatchObject({ waiting: CALLS - CONCURRENCY.dispatch });
    expect(await depthOf("call-events")).toMatchObject({ waiting: EVENTS - CONCURRENCY.events });
  } finally {
    slow.release();
  }

  const isOver = async () =>
    (await collectionsOf(store).callLogs.countDocuments({ status: "Completed" })) === CALLS &&
    (await depthOf("call-events")).waiting === 0;
  await waitFor(isOver, { describe: "all calls to be over" });
  expect(slow.waiting).toMatchObject({ mostSweeps: 1 });
  // Each dispatch job looks for its call once, each event job at most once, and the sweep for at most a batch.
  const most = CONCURRENCY.dispatch + CONCURRENCY.events + dispatcher.context.settings.sweepBatch;
  expect(slow.waiting.mostFinds).toBeLessThanOrEqual(most);
  expect(await installation.ledger()).toHaveLength(CALLS);
});

test("calls that found no room in a bounded queue are dialled when there is room", async () => {
  await using installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  const { projectId } = installation;
  const maxDispatchJobs = 8;
  const dispatcher = installation.dispatcher({ maxDispatchJobs });
  const requests = Array.from({ length: CALLS }, () => ({ ...aRequest(), say: "Down." }));
  await dispatcher.acceptMany({ projectId, requests });
  const depths = await dispatcher.queues.depths();
  const waiting = depths.reduce((sum, depth) => sum + depth.waiting + depth.delayed, 0);
  expect(waiting).toBe(maxDispatchJobs / 2);
  expect(await installation.store.backlog.size()).toBe(CALLS - maxDispatchJobs / 2);
  installation.work(dispatcher);
  await waitFor(async () => (await installation.ledger()).length >= CALLS, {
    describe: "all calls to be placed",
  });
  expect(await installation.ledger()).toHaveLength(CALLS);
  await waitFor(async () => (await installation.store.backlog.size()) === 0);
});

test("the backlog goes in order of priority, and the sweeper leaves it alone", async () => {
  await using installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  const { projectId, store } = installation;
  const dispatcher = installation.dispatcher({
    env: { DISPATCH_CONCURRENCY: "1" },
    maxDispatchJobs: 2,
  });
  const priorities = ["low", "normal", "normal", "low", "emergency"] as const;
  const requests = priorities.map((priority) => ({ ...aRequest(), say: "Down.", priority }));
  const accepted = await dispatcher.acceptMany({ projectId, requests });
  // The emergency alone has found room, so only its job may be lost.
  expect(await store.backlog.size()).toBe(4);
  await waitFor(async () => (await store.calls.findDue(new Date(), 10)).length === 1);
  expect(await sweep(dispatcher.context)).toEqual({ swept: 1, failed: 0 });
  const inAnHour = { wakeAt: { $gt: new Date(Date.now() + 60_000) } };
  expect(await collectionsOf(store).callLogs.countDocuments(inAnHour)).toBe(4);
  installation.work(dispatcher);
  const placed = await waitFor(async () => {
    const ledger = await installation.ledger();
    return ledger.length === requests.length && ledger;
  });
  const priorityOf = (attemptId: string) =>
    priorities[accepted.findIndex((one) => "_id" in one && attemptId === `${one._id}-1`)];
  const order = placed.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  expect(order.map(({ attemptId }) => priorityOf(attemptId))).toEqual([
    "emergency",
    "normal",
    "normal",
    "low",
    "low",
  ]);
});

test("while events wait, the backlog waits, too", async () => {
  await using installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  const { queues } = installation.dispatcher({ maxDispatchJobs: 8 });
  expect(await queues.room()).toBe(4);
  const event = (number: number): ProviderEvent => ({
    attemptId: `${CALL_ID}-${number}`,
    provider: "simulated",
    source: "callback",
    status: "ringing",
    at: START.toISOString(),
  });
  await queues.addEvents([1, 2, 3, 4, 5, 6].map(event));
  expect(await queues.room()).toBe(2);
  await queues.addEvents([7, 8, 9].map(event));
  expect(await queues.room()).toBe(0);
});

test("an emergency is asked for before all that wait already", async () => {
  await using installation = await createInstallation({
    mongo: await freshDatabase(),
    redis: await freshRedis(),
  });
  const { projectId } = installation;
  const dispatcher = installation.dispatcher({ env: { DISPATCH_CONCURRENCY: "1" } });
  const requests = Array.from({ length: CALLS }, () => ({ ...aRequest(), say: "Down." }));
  await dispatcher.acceptMany({ projectId, requests });
  const request = aRequest({ priority: "emergency" });
  const { _id } = await dispatcher.accept({ projectId, request });
  installation.work(dispatcher);
  const [first] = await waitFor(async () => {
    const placed = await installation.ledger();
    return placed.length > 0 && placed;
  });
  expect(first?.attemptId).toBe(`${_id}-1`);
});
