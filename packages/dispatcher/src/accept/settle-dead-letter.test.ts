import { randomUUID } from "node:crypto";

import type { Acting } from "@call-log/model";
import { CallLogError, type CallRequestInput } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { expect, test } from "vitest";

import { PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { acceptJob } from "./accept-job.ts";
import { deadLetterId, refuseRequest } from "./refuse-request.ts";
import { dropDeadLetter, replayDeadLetter, settleAccepted } from "./settle-dead-letter.ts";

const newContext = useStoreContext(freshDatabase);
const acting: Acting = { actor: { kind: "key", id: "key-1" } };
const request: CallRequestInput = { toNumber: "+15559998888", say: "Down" };
const refusal = new CallLogError("NOT_FOUND", "there is no such project");

/** A job that was refused, for a cause that is gone unless its data have it. */
async function refused(context: TestContext, data: unknown = { projectId: PROJECT_ID, request }) {
  const job = { id: `job-${randomUUID()}`, timestamp: START.getTime(), data };
  await refuseRequest(context, { ...job, attempts: 1 }, refusal);
  return { job, ref: { scope: PROJECT_ID, id: deadLetterId(job), acting } };
}

test("a replay is the call that the job would have made, however often it is done", async () => {
  const context = newContext();
  const { job, ref } = await refused(context);
  const answers = await Promise.all([1, 2, 3].map(() => replayDeadLetter(context, ref)));
  expect(new Set(answers.map(({ _id }) => _id)).size).toBe(1);
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  const ofJob = await acceptJob(context, job);
  expect(ofJob).toMatchObject({ _id: answers[0]?._id, repeated: true });
  expect(await replayDeadLetter(context, ref)).toEqual(ofJob);
  expect(context.dispatches).toHaveLength(1);
});

test("one whose process died before it was noted comes to the same call", async () => {
  const context = newContext();
  const { ref } = await refused(context);
  const deadLetters = { ...context.deadLetters, settle: () => Promise.reject(new Error("killed")) };
  await expect(replayDeadLetter({ ...context, deadLetters }, ref)).rejects.toThrow("killed");
  expect(await replayDeadLetter(context, ref)).toMatchObject({ repeated: true });
  expect(context.dispatches).toHaveLength(1);
  expect(await context.deadLetters.find(PROJECT_ID, ref.id)).toMatchObject({ state: "replayed" });
});

test("what is still wrong is said, and the letter stays open with what the job held", async () => {
  const context = newContext();
  const data = { projectId: PROJECT_ID, request: { say: "Down" } };
  const { ref } = await refused(context, data);
  await expect(replayDeadLetter(context, ref)).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringMatching(/^toNumber: /),
  });
  const letter = await context.deadLetters.find(PROJECT_ID, ref.id);
  expect(letter).toMatchObject({ state: "open", payload: JSON.stringify(data) });
});

test("what was dropped is not replayed, and what was replayed is not dropped", async () => {
  const context = newContext();
  const [first, second] = [await refused(context), await refused(context)];
  expect(await dropDeadLetter(context, first.ref)).toMatchObject({ state: "dropped" });
  expect(await dropDeadLetter(context, first.ref)).toMatchObject({ state: "dropped" });
  await expect(replayDeadLetter(context, first.ref)).rejects.toMatchObject({ code: "CONFLICT" });
  await replayDeadLetter(context, second.ref);
  await expect(dropDeadLetter(context, second.ref)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("another project's letter is none", async () => {
  const context = newContext();
  const { ref } = await refused(context);
  for (const scope of [randomUUID(), null])
    for (const act of [replayDeadLetter, dropDeadLetter])
      await expect(act(context, { ...ref, scope })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("one without a project belongs to the installation, whose replay finds the project that exists now", async () => {
  const context = newContext();
  const nowhere = { ...context, projects: { find: async () => undefined } };
  const { ref } = await refused(nowhere);
  expect(await context.deadLetters.find(PROJECT_ID, ref.id)).toBeUndefined();
  const { _id } = await replayDeadLetter(context, { ...ref, scope: null });
  expect(await context.calls.find(_id)).toMatchObject({ projectId: PROJECT_ID });
});

test("a job that runs again and is accepted closes its letter", async () => {
  const context = newContext();
  const { job, ref } = await refused(context);
  const accepted = await acceptJob(context, job);
  await settleAccepted(context, job, accepted);
  const letter = await context.deadLetters.find(PROJECT_ID, ref.id);
  expect(letter).toMatchObject({ state: "replayed", callLogId: accepted._id });
});

test("a job that is too large to be kept leaves its reason, and is not replayed", async () => {
  const context = newContext();
  const huge = { projectId: PROJECT_ID, request: { ...request, say: "x".repeat(1_100_000) } };
  const { ref } = await refused(context, huge);
  const letter = await context.deadLetters.find(PROJECT_ID, ref.id);
  expect(letter).toMatchObject({ hasPayload: false, reason: refusal.message });
  await expect(replayDeadLetter(context, ref)).rejects.toMatchObject({
    code: "CONFLICT",
    message: "the job was too large to be kept; queue the request again",
  });
});
