import type { CallRecord } from "@call-log/model";
import type { AttemptClaim } from "@call-log/store";
import { freshDatabase, waitFor } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";

const newContext = useStoreContext(freshDatabase);
const AWAY = "the database is away";

/** A call whose first claim fails: `during` it, and at the first look `after` it, the claim may be written all the same. */
async function withLostClaim(
  context: TestContext,
  lost: { during?: true; afterLook?: true },
): Promise<{ dispatch: () => Promise<unknown>; read: () => Promise<CallRecord> }> {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const { calls } = context;
  const job = { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 };
  const dispatch = () => dispatchAttempt(context, job);
  const written: AttemptClaim[] = [];
  context.calls = {
    ...calls,
    claim: async (claim) => {
      if (lost.during) await calls.claim(claim);
      if (lost.afterLook) written.push(claim);
      throw new Error(AWAY);
    },
    find: async (...search) => {
      const found = await calls.find(...search);
      for (const claim of written.splice(0)) await calls.claim(claim);
      return found;
    },
  };
  await expect(dispatch()).rejects.toThrow(AWAY);
  context.calls = calls;
  return { dispatch, read: async () => (await calls.find(_id)) as CallRecord };
}

describe("a claim whose answer is lost", () => {
  test.each([{ during: true as const }, { afterLook: true as const }])(
    "is given back when it was written: the attempt is tried again (%o)",
    async (lost) => {
      const context = newContext();
      const { read } = await withLostClaim(context, lost);
      const isGivenBack = async () => (await read()).attempts.length === 2;
      await waitFor(isGivenBack, { describe: "the claim to be given back" });
      expect(await read()).toMatchObject({
        status: "Queued",
        attempts: [{ state: "rejected", outcome: "throttled" }, { state: "planned" }],
      });
      expect(context.primary.orders).toEqual([]);
    },
  );

  test("is given back when a driver sent it twice", async () => {
    const context = newContext();
    const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
    const { calls } = context;
    context.calls = {
      ...calls,
      claim: async (claim) => {
        await calls.claim(claim);
        return calls.claim(claim);
      },
    };
    const job = { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 };
    await dispatchAttempt(context, job);
    expect(context.primary.orders).toEqual([]);
    expect(await calls.find(_id)).toMatchObject({
      status: "Queued",
      attempts: [{ state: "rejected", outcome: "throttled" }, { state: "planned" }],
    });
  });

  test("is left alone when it was not: the next claim dials", async () => {
    const context = newContext();
    const { dispatch, read } = await withLostClaim(context, {});
    await dispatch();
    expect(context.primary.orders).toHaveLength(1);
    expect(await read()).toMatchObject({ attempts: [{ state: "accepted" }] });
  });
});

test("a deadline that passed during the claim, and can't be written, is written later", async () => {
  const context = newContext();
  const deadlineAt = secondsAfter(START, 60).toISOString();
  const request = aRequest({ deadlineAt });
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request });
  const { calls } = context;
  context.calls = {
    ...calls,
    claim: async (wanted) => {
      const claimed = await calls.claim(wanted);
      context.clock.advance(60);
      return claimed;
    },
    replace: () => Promise.reject(new Error(AWAY)),
  };
  const job = { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 };
  await expect(dispatchAttempt(context, job)).rejects.toThrow(AWAY);
  context.calls = calls;
  const isOver = async () => (await calls.find(_id))?.status === "Expired";
  await waitFor(isOver, { describe: "the end to be written" });
});

test("a refusal that can't be written is written later", async () => {
  const context = newContext();
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const refusal = { kind: "rejected", errorClass: "destination", errorMessage: "" } as const;
  context.primary.answer = () => refusal;
  const { calls } = context;
  context.calls = { ...calls, replace: () => Promise.reject(new Error(AWAY)) };
  const job = { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 };
  await expect(dispatchAttempt(context, job)).rejects.toThrow(AWAY);
  context.calls = calls;
  const isOver = async () => (await calls.find(_id))?.status === "Failed";
  await waitFor(isOver, { describe: "the refusal to be written" });
});
