import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { sweep } from "../maintenance/sweep.ts";
import { feedQueue } from "../queues/backlog-feeder.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";

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
    wakeAt: async () => (await context.calls.find(_id))?.wakeAt,
    feed: () => feedQueue(context),
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
  const [lost] = await context.backlog.next(START, 1);
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
