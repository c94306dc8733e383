import { CallLogError, type CallRecord, type CallRequestInput } from "@call-log/model";
import { freshDatabase, waitFor } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { acceptCall, acceptCalls, MAX_REQUESTS, parseCallRequest } from "./accept-call.ts";
import { acceptJob } from "./accept-job.ts";

const newContext = useStoreContext(freshDatabase);

const accept = (context: TestContext, request: Partial<CallRequestInput> = {}) =>
  acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });

const json = { toNumber: "+15559998888", say: "Down" };

describe("acceptCall", () => {
  test("keeps the record first, then adds its job", async () => {
    const context = newContext();
    const { _id, ...rest } = await accept(context);
    expect(rest).toEqual({ status: "Queued", repeated: false });
    expect(context.dispatches).toEqual([
      {
        attemptId: `${_id}-1`,
        job: { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 },
        delayMs: 0,
      },
    ]);
    const record = await context.calls.find(_id);
    expect(record).toMatchObject({ _id, status: "Queued", wakeAt: secondsAfter(START, 30) });
  });

  test("a queue that is away loses nothing", async () => {
    const context = newContext();
    context.queue.isAway = true;
    const { _id } = await accept(context);
    expect(await context.calls.find(_id)).toMatchObject({ status: "Queued" });
    expect(context.metrics.read().jobsNotAdded).toBe(1);
  });

  test("a queue that does not answer holds up no answer", async () => {
    const context = newContext();
    context.jobQueue = { ...context.jobQueue, addDispatches: () => new Promise(() => undefined) };
    const { _id } = await accept(context);
    expect(await context.calls.find(_id)).toMatchObject({ status: "Queued" });
  });

  test("a call for much later waits in the database alone", async () => {
    const context = newContext();
    const soon = await accept(context, { scheduledAt: secondsAfter(START, 60).toISOString() });
    expect(context.dispatches).toMatchObject([{ delayMs: 60_000 }]);
    const later = await accept(context, { scheduledAt: secondsAfter(START, 61).toISOString() });
    expect(context.dispatches).toHaveLength(1);
    expect([soon.status, later.status]).toEqual(["Scheduled", "Scheduled"]);
    const { wakeAt } = (await context.calls.find(later._id))!;
    expect(wakeAt).toEqual(secondsAfter(START, 1));
  });

  test("the same key and body give the same call log, at the same moment, too", async () => {
    const context = newContext();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => accept(context, { idempotencyKey: "incident-1" })),
    );
    expect(new Set(answers.map(({ _id }) => _id)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(context.dispatches).toHaveLength(1);
  });

  test("the same key with another body is refused", async () => {
    const context = newContext();
    await accept(context, { idempotencyKey: "incident-1" });
    await expect(
      accept(context, { idempotencyKey: "incident-1", say: "Up" }),
    ).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
      message: expect.stringContaining("idempotencyKey"),
    });
  });

  test("the same key survives a release that parses the same request with one more default", async () => {
    const context = newContext();
    const sent = { ...json, idempotencyKey: "incident-1" };
    const request = parseCallRequest(sent);
    const newer = { ...request, carriage: "by voice" };
    const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request, sent });
    expect(
      await acceptCall(context, { projectId: PROJECT_ID, request: newer, sent }),
    ).toMatchObject({ _id, repeated: true });
    await expect(
      acceptCall(context, { projectId: PROJECT_ID, request: newer, sent: { ...sent, say: "Up" } }),
    ).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  });

  test("a record of a release that kept no digest of what was sent still meets its repetition", async () => {
    const context = newContext();
    const sent = { ...json, idempotencyKey: "incident-1" };
    const request = parseCallRequest(sent);
    const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request, sent });
    const { sentDigest: _, ...old } = (await context.calls.find(_id))!;
    await context.calls.replace(old);
    expect(await acceptCall(context, { projectId: PROJECT_ID, request, sent })).toMatchObject({
      _id,
      repeated: true,
    });
  });

  test("a repeated request gets its id after its deadline, too", async () => {
    const context = newContext();
    const request = {
      idempotencyKey: "incident-1",
      deadlineAt: secondsAfter(START, 60).toISOString(),
    };
    const { _id } = await accept(context, request);
    context.clock.advance(61);
    expect(await accept(context, request)).toMatchObject({ _id, repeated: true });
    await expect(accept(context, { ...request, say: "Up" })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    await expect(accept(context, { ...request, idempotencyKey: "other" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "deadlineAt: must be in the future",
    });
  });

  test("calls from the project's number for the callee's country, unless the request names another", async () => {
    const context = newContext();
    const from = async (request: Partial<CallRequestInput>) =>
      (await context.calls.find((await accept(context, request))._id))?.fromNumber;
    expect(await from({})).toBe("+15551112222");
    expect(await from({ toNumber: "+49 30 1234567" })).toBe("+493012345678");
    expect(await from({ fromNumber: "+493012345678" })).toBe("+493012345678");
  });

  test("a project without numbers borrows the one that its provider lends", async () => {
    const context = newContext();
    const project = (await context.projects.find(PROJECT_ID))!;
    context.projects = { find: async () => ({ ...project, fromNumbers: [] }) };
    context.providers = {
      first: context.primary,
      second: { ...context.spare, defaultFromNumber: "+15550109999" },
    };
    const { _id } = await accept(context);
    expect(await context.calls.find(_id)).toMatchObject({ fromNumber: "+15550109999" });
  });

  test("a number that is not the project's is refused, with those that are", async () => {
    const context = newContext();
    const foreign = { fromNumber: "+442071838750" };
    await expect(accept(context, foreign)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "fromNumber: must be one of +15551112222, +493012345678",
    });
    const answers = await acceptCalls(context, {
      projectId: PROJECT_ID,
      requests: [{ ...json, ...foreign }, json],
    });
    expect(answers).toMatchObject([{ code: "BAD_REQUEST" }, { repeated: false }]);
    const job = {
      id: "1",
      timestamp: 1,
      data: { projectId: PROJECT_ID, request: { ...json, ...foreign } },
    };
    await expect(acceptJob(context, job)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(context.logged()).not.toContain("+44");
  });

  test("a number that is lent to the project is as good as its own", async () => {
    const house = "+15550109999";
    const lend = (lentTo: string[] | undefined) =>
      newContext({
        callerIds: async () => [{ number: house, ...(lentTo && { lentTo }) }],
        project: { fromNumbers: [] },
      });
    for (const lentTo of [[PROJECT_ID], ["all"]])
      expect(await accept(lend(lentTo), { fromNumber: house })).toMatchObject({ repeated: false });
    for (const lentTo of [undefined, [], ["another"]])
      await expect(accept(lend(lentTo), { fromNumber: house })).rejects.toMatchObject({
        message: expect.stringContaining("the project has no number to call from") as string,
      });
  });

  test("of the most numbers that a project can have, an error lists twenty", async () => {
    const fromNumbers = Array.from({ length: 100 }, (_, index) => `+1555${1_000_000 + index}`);
    const context = newContext({ project: { fromNumbers } });
    await expect(accept(context, { fromNumber: "+442071838750" })).rejects.toMatchObject({
      message: expect.stringMatching(/\+15551000019 and 80 more$/) as string,
    });
  });

  test("the number of the installation is lent until the operator takes it back", async () => {
    const house = "+15550109999";
    const context = newContext({
      callerIds: async () => [{ number: house, lentTo: [] }],
      project: { fromNumbers: [] },
    });
    context.providers = { first: { ...context.primary, defaultFromNumber: house } };
    await expect(accept(context)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    context.callerIds = { of: async () => [] };
    expect(await accept(context, { fromNumber: house })).toMatchObject({ repeated: false });
  });

  test("a repeated request gets its id, though the number is not the project's any more", async () => {
    const context = newContext();
    const request = { fromNumber: "+15551112222", idempotencyKey: "incident-1" };
    const { _id } = await accept(context, request);
    context.callerIds = { of: async () => [] };
    expect(await accept(context, request)).toMatchObject({ _id, repeated: true });
  });

  test("an unknown project has no calls", async () => {
    const intake = { projectId: "none", request: aRequest() };
    await expect(acceptCall(newContext(), intake)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("acceptCalls", () => {
  const many = (context: TestContext, requests: unknown[]) =>
    acceptCalls(context, { projectId: PROJECT_ID, requests });

  test("each of many has its own answer, in their order", async () => {
    const context = newContext();
    const keyed = { ...json, idempotencyKey: "k" };
    const answers = await many(context, [
      json,
      { say: "no number" },
      keyed,
      keyed,
      { ...keyed, say: "Up" },
    ]);
    expect(answers).toMatchObject([
      { repeated: false },
      { code: "BAD_REQUEST", message: expect.stringContaining("toNumber") },
      { repeated: false },
      { repeated: true },
      { code: "UNPROCESSABLE_CONTENT" },
    ]);
    expect(context.dispatches).toHaveLength(2);
  });

  describe("when the database fails in the middle", () => {
    const isRefused = (record: CallRecord) => record.tags?.includes("refused") === true;
    const requests = ["kept", "refused", "kept", "refused"].map((tag) => ({
      ...json,
      tags: [tag],
    }));

    test("each has its own answer, and nothing of what was refused stays or is queued", async () => {
      const context = newContext();
      const { calls } = context;
      context.calls = {
        ...calls,
        insertMany: async (records) => {
          const kept = await calls.insertMany(records.filter((record) => !isRefused(record)));
          return records.map((record) => (isRefused(record) ? new Error("full") : kept.shift()!));
        },
      };
      const answers = await many(context, requests);
      expect(answers).toMatchObject([
        { repeated: false },
        { message: "full" },
        { repeated: false },
        { message: "full" },
      ]);
      expect(context.dispatches).toHaveLength(2);
    });

    test("what was written though its answer was lost is accepted", async () => {
      const context = newContext();
      const { calls } = context;
      context.calls = {
        ...calls,
        insertMany: async (records) => {
          await calls.insertMany(records);
          return records.map(() => new Error("the connection broke"));
        },
      };
      expect(await many(context, requests)).toMatchObject(
        requests.map(() => ({ repeated: false })),
      );
      expect(context.dispatches).toHaveLength(4);
    });

    test("what was written and can't be read back is refused, and withdrawn later", async () => {
      const context = newContext();
      const { calls } = context;
      const written: CallRecord[] = [];
      let isAway = true;
      context.calls = {
        ...calls,
        insertMany: async (records) => {
          await calls.insertMany(records);
          written.push(...records);
          return records.map(() => new Error("away"));
        },
        find: (...ref) => (isAway ? Promise.reject(new Error("away")) : calls.find(...ref)),
        withdraw: (ids) => (isAway ? Promise.reject(new Error("away")) : calls.withdraw(ids)),
      };
      const keyed = { ...json, idempotencyKey: "sent again" };
      const answers = await many(context, [...requests, keyed]);
      expect(answers.every((answer) => answer instanceof Error)).toBe(true);
      expect(context.dispatches).toEqual([]);
      isAway = false;
      const left = await waitFor(async () => {
        const found = await Promise.all(written.map(({ _id }) => calls.find(_id)));
        const present = found.filter((record) => record !== undefined);
        return present.length === 1 ? present : undefined;
      });
      expect(left).toMatchObject([{ idempotencyKey: "sent again" }]);
    });
  });

  test("a thousand fit, one more does not", async () => {
    const context = newContext();
    const requests = Array.from({ length: MAX_REQUESTS }, () => json);
    const answers = await many(context, requests);
    expect(new Set(answers.map((answer) => "_id" in answer && answer._id)).size).toBe(MAX_REQUESTS);
    await expect(many(context, [...requests, json])).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await many(context, [])).toEqual([]);
  });
});

test("parseCallRequest names the field", () => {
  expect(() => parseCallRequest({ ...json, toNumber: "12" })).toThrow(/^toNumber: must be/);
  expect(() => parseCallRequest(null)).toThrow(CallLogError);
});
