import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall, acceptCalls } from "../accept/accept-call.ts";
import type { DelayedDispatch } from "../context/job-queue.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { sweep } from "../maintenance/sweep.ts";
import { createFeed } from "../queues/backlog-feeder.ts";
import { plannedAttempt } from "../rules/attempts.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aCall, aRequest, CALL_ID, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import { enqueueAttempts } from "./enqueue-attempt.ts";

const newContext = useStoreContext(freshDatabase);

/** A call for which the queue has no room while `queue.isFull`. */
async function inBacklog() {
  const context = newContext();
  const queue = { isFull: true };
  const { jobQueue } = context;
  context.jobQueue = {
    ...jobQueue,
    hasBacklog: true,
    addDispatches: async (added, urgency) =>
      queue.isFull ? [...added] : jobQueue.addDispatches(added, urgency),
  };
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  return {
    context,
    queue,
    read: () => context.calls.find(_id),
    wakeAt: async () => (await context.calls.find(_id))?.wakeAt,
    feed: () => createFeed(context)(true),
  };
}

test("a call that waits in the backlog is not looked at by the sweeper", async () => {
  const { context, wakeAt } = await inBacklog();
  expect(await wakeAt()).toEqual(secondsAfter(START, 3600));
  context.clock.advance(1800);
  expect(await sweep(context)).toEqual({ swept: 0, failed: 0 });
});

test("one whose place in the backlog is lost is found after an hour", async () => {
  const { context, queue } = await inBacklog();
  const [lost] = await context.backlog.next(START, { limit: 1 });
  await context.backlog.remove([lost!.attemptId]);
  queue.isFull = false;
  context.clock.advance(3600);
  await sweep(context);
  expect(context.dispatches).not.toEqual([]);
});

test("once it is in the queue, whose jobs may be lost, the sweeper looks at it soon", async () => {
  const { context, queue, wakeAt, feed } = await inBacklog();
  queue.isFull = false;
  await feed();
  expect(context.dispatches.splice(0)).toHaveLength(1);
  expect(await context.backlog.size()).toBe(0);
  expect(await wakeAt()).toEqual(secondsAfter(START, 30));
  context.clock.advance(30);
  await sweep(context);
  expect(context.dispatches).not.toEqual([]);
});

test("a call in the backlog says that it waits for its turn, until it is dialled", async () => {
  const { context, read, queue, feed } = await inBacklog();
  expect(await read()).toMatchObject({
    status: "Queued",
    waitsFor: "turn",
    statusMessage: "Waits: for its turn",
  });
  queue.isFull = false;
  await feed();
  for (const { job } of context.dispatches) await dispatchAttempt(context, job);
  const dialled = await read();
  expect(dialled?.status).toBe("Dialing");
  expect(dialled).not.toHaveProperty("waitsFor");
  expect(dialled).not.toHaveProperty("statusMessage");
});

describe("calls whose next turn is far off", () => {
  function farOff() {
    const context = newContext();
    context.limiter.farOff = async () => [{ projectId: PROJECT_ID, priority: "low" }];
    const accept = (requests: object[]) =>
      acceptCalls(context, {
        projectId: PROJECT_ID,
        requests: requests.map((request) => ({ toNumber: "+15559998888", say: "Hi", ...request })),
      });
    return { context, accept };
  }
  const LOW = { priority: "low" };

  test("wait in the backlog when they come together; others of their batch go to the queue", async () => {
    const { context, accept } = farOff();
    const answers = await accept([LOW, {}, { priority: "emergency" }, LOW]);
    const idOf = (index: number) => (answers[index] as { _id: string })._id;
    expect(context.dispatches.map(({ job }) => job.callLogId)).toEqual([idOf(1), idOf(2)]);
    const kept = await context.backlog.next(START, { limit: 10 });
    expect(kept.map(({ callLogId }) => callLogId).toSorted()).toEqual(
      [idOf(0), idOf(3)].toSorted(),
    );
  });

  test("are tried when they come alone", async () => {
    const { context, accept } = farOff();
    await accept([LOW]);
    expect(context.dispatches).toHaveLength(1);
  });

  test("stay in the database alone while they are not due", async () => {
    const { context, accept } = farOff();
    const scheduledAt = secondsAfter(START, 600).toISOString();
    await accept([LOW, LOW, { ...LOW, scheduledAt }]);
    expect(await context.backlog.size()).toBe(2);
  });
});

test("a call that comes back for its turn finds the queue beside the backlog, and so does a retry", async () => {
  const { context } = await inBacklog();
  const added: DelayedDispatch[] = [];
  context.jobQueue.addDispatches = async (dispatches) => {
    added.push(...dispatches);
    return [...dispatches];
  };
  const waited = aCall();
  const held = { ...waited, waitsFor: "turn", heldAt: START } as const;
  const again = {
    ...waited,
    attempts: [...waited.attempts, plannedAttempt(CALL_ID, 2, { dueAt: START })],
  };
  await enqueueAttempts(context, [waited], "again");
  await enqueueAttempts(context, [held], "again");
  await enqueueAttempts(context, [again], "again");
  expect(added.map(({ comesBack }) => comesBack === true)).toEqual([false, true, true]);
});

test("a call that is dialled while it is put into the backlog is polled in time", async () => {
  const context = newContext();
  const { backlog } = context;
  context.jobQueue = { ...context.jobQueue, addDispatches: async (added) => [...added] };
  context.backlog = {
    ...backlog,
    async add(attempts) {
      await backlog.add(attempts);
      // Another process feeds it at once.
      for (const { projectId, callLogId, attemptNumber } of attempts)
        await dispatchAttempt(context, { projectId, callLogId, attemptNumber });
    },
  };
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const wakeAt = secondsAfter(START, context.settings.pollAfterSeconds);
  expect(await context.calls.find(_id)).toMatchObject({ status: "Dialing", wakeAt });
});
