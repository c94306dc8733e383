import type { CallRequestInput } from "@call-log/model";
import { freshDatabase, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { aRequest, PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { endRunning } from "./end-running.ts";

const newContext = useStoreContext(freshDatabase);
const AT_ONCE = { settleMs: 0, patienceMs: 0 };

async function accepted(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  return _id;
}

async function running(context: TestContext): Promise<string> {
  const callLogId = await accepted(context);
  await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId, attemptNumber: 1 });
  return callLogId;
}

const statusOf = async (context: TestContext, id: string) => (await context.calls.find(id))?.status;

test("ends what the provider has, and leaves waiting calls and other projects alone", async () => {
  const context = newContext();
  const ids = [await running(context), await running(context)];
  const waiting = await accepted(context);
  expect(await context.calls.countOpen({ projectId: PROJECT_ID })).toEqual({
    ringing: 2,
    answered: 0,
    waiting: 1,
    unknown: 0,
  });
  const other = { ...AT_ONCE, projectId: "other" };
  expect(await endRunning(context, other)).toEqual({ ended: 0, notEnded: [], isCutShort: false });
  const answer = await endRunning(context, { ...AT_ONCE, projectId: PROJECT_ID });
  expect(answer).toEqual({ ended: 2, notEnded: [], isCutShort: false });
  for (const id of ids) expect(await statusOf(context, id)).toBe("Canceled");
  expect(await statusOf(context, waiting)).toBe("Queued");
});

test("of one provider account, or of all", async () => {
  const context = newContext();
  const id = await running(context);
  expect(await endRunning(context, { ...AT_ONCE, provider: "second" })).toMatchObject({ ended: 0 });
  expect(await context.calls.countOpen({ provider: "second" })).toMatchObject({ ringing: 0 });
  expect(await context.calls.countOpen({})).toMatchObject({ ringing: 1 });
  expect(await endRunning(context, { ...AT_ONCE, provider: "first" })).toMatchObject({ ended: 1 });
  expect(await statusOf(context, id)).toBe("Canceled");
  await running(context);
  expect(await endRunning(context, AT_ONCE)).toMatchObject({ ended: 1 });
});

test("says of the others why not, with their ids", async () => {
  const context = newContext();
  const id = await running(context);
  context.primary.isAway = true;
  const { ended, notEnded } = await endRunning(context, AT_ONCE);
  expect({ ended, notEnded }).toEqual({
    ended: 0,
    notEnded: [{ reason: expect.stringContaining("can't be asked"), calls: 1, ids: [id] }],
  });
});

test("names five of those that it can't end, and who ended the others", async () => {
  const context = newContext();
  const by = { kind: "person", id: "ada", name: "Ada" } as const;
  const id = await running(context);
  expect(await endRunning(context, { ...AT_ONCE, acting: { actor: by } })).toMatchObject({
    ended: 1,
  });
  const events = (await context.calls.find(id))!.attempts[0]!.events;
  expect(events.find(({ status }) => status === "canceled")).toMatchObject({ by });
  for (let call = 0; call < 6; call += 1) await running(context);
  context.primary.isAway = true;
  const [first, ...others] = (await endRunning(context, AT_ONCE)).notEnded;
  expect(others).toEqual([]);
  expect(first).toMatchObject({ calls: 6, ids: { length: 5 } });
});

test("asks again for a call that is being handed over, until its patience ends", async () => {
  const context = newContext();
  const id = await accepted(context);
  const looking = looks(context);
  let ending: ReturnType<typeof endRunning> | undefined;
  const { answer } = context.primary;
  context.primary.answer = async (order) => {
    const refused = await endRunning(context, AT_ONCE);
    expect(refused.notEnded[0]?.reason).toContain("being handed to the provider");
    ending = endRunning(looking.context, { settleMs: 0, patienceMs: 60_000 });
    await waitFor(() => looking.count() === 2, { describe: "a second look" });
    return answer(order);
  };
  await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: id, attemptNumber: 1 });
  expect(await ending).toMatchObject({ ended: 1, notEnded: [] });
  expect(await statusOf(context, id)).toBe("Canceled");
});

test("looks again for a call that a worker dials before it knows of the pause", async () => {
  const context = newContext();
  const looking = looks(context, async () => void (await running(context)));
  const answer = await endRunning(looking.context, { settleMs: 60_000, patienceMs: 0 });
  expect(answer).toMatchObject({ ended: 1, notEnded: [] });
});

/** A context that counts how often running calls are looked for; `after` is done after the first look. */
function looks(context: TestContext, after: () => Promise<void> = async () => {}) {
  let count = 0;
  const calls: TestContext["calls"] = {
    ...context.calls,
    async findRunning(search) {
      const found = await context.calls.findRunning(search);
      count += 1;
      if (count === 1) await after();
      return found;
    },
  };
  return { context: { ...context, calls }, count: () => count };
}

test("a call that ended by itself meanwhile is neither", async () => {
  const context = newContext();
  const id = await running(context);
  const over = { ...context };
  over.calls = {
    ...context.calls,
    async findRunning(search) {
      const found = await context.calls.findRunning(search);
      await endRunning(context, AT_ONCE);
      return found;
    },
  };
  expect(await endRunning(over, AT_ONCE)).toEqual({ ended: 0, notEnded: [], isCutShort: false });
  expect(await statusOf(context, id)).toBe("Canceled");
});
