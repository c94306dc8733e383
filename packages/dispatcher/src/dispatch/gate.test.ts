import type { CallRecord, CallRequestInput } from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { settleBudgets } from "../upkeep/settle-budgets.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";
import { checkPausedProviders } from "./provider-pause.ts";

const newContext = useStoreContext(freshDatabase);

async function accepted(context: TestContext, request: Partial<CallRequestInput> = {}) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest(request) });
  const dispatch = (attemptNumber = 1) =>
    dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber });
  return { dispatch, read: async () => (await context.calls.find(_id)) as CallRecord };
}

interface Limits {
  own?: number;
  rule?: number;
  env?: Record<string, string>;
  project?: { callsPerSecond: number };
}

const byPerson = { by: "person", reason: "the bill is wrong" } as const;
const misconfigured: PlaceResult = {
  kind: "rejected",
  errorClass: "configuration",
  errorCode: "20003",
  errorMessage: "Authenticate",
};

describe("a paused provider", () => {
  test("is passed over for the next of the chain", async () => {
    const context = newContext();
    await context.providerStates.pause("first", byPerson);
    const call = await accepted(context);
    await call.dispatch();
    expect([context.puppet.orders.length, context.spare.orders.length]).toEqual([0, 1]);
    expect(await call.read()).toMatchObject({ provider: "second", status: "Dialing" });
  });

  test("makes calls wait where there is no other, and they say why", async () => {
    const context = newContext({ chain: ["first"] });
    await context.providerStates.pause("first", byPerson);
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "later", at: secondsAfter(START, 15) });
    expect(await call.read()).toMatchObject({
      status: "Queued",
      statusMessage: "Waits: first is paused: the bill is wrong",
      attempts: [{ state: "planned" }],
    });
    await context.providerStates.resume("first");
    await call.dispatch();
    expect(context.puppet.orders).toHaveLength(1);
    expect(await call.read()).not.toHaveProperty("statusMessage");
  });

  test("does not move a call that must not move: the callee declined at the first", async () => {
    const context = newContext();
    const call = await accepted(context, { retry: { maxAttempts: 2, on: ["declined"] } });
    await call.dispatch();
    const record = await call.read();
    const [attempt] = record.attempts;
    const dueAt = context.now();
    await context.calls.replace({
      ...record,
      status: "Queued",
      attempts: [
        { ...attempt!, state: "ended", outcome: "declined" },
        {
          ...attempt!,
          _id: `${record._id}-2`,
          number: 2,
          state: "planned",
          dueAt,
          provider: "first",
        },
      ],
    });
    await context.providerStates.pause("first", byPerson);
    expect(await call.dispatch(2)).toMatchObject({ kind: "later" });
    expect(context.spare.orders).toEqual([]);
  });
});

describe("a refusal for our configuration", () => {
  test("pauses the provider, burns no attempt, and a good check resumes it", async () => {
    const context = newContext({ chain: ["first"] });
    context.puppet.answer = () => misconfigured;
    const call = await accepted(context);
    await call.dispatch();
    expect(await context.providerStates.pauseOf("first")).toMatchObject({
      by: "configuration",
      reason: "Authenticate (20003)",
    });
    const other = await accepted(context);
    await other.dispatch();
    expect(context.puppet.orders).toHaveLength(1);

    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toBeDefined();
    context.clock.advance(60);
    context.puppet.check = async () => ({ ok: false, reason: "no" });
    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toBeDefined();
    context.clock.advance(60);
    context.puppet.check = async () => ({ ok: true });
    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toBeUndefined();
    expect((await call.read()).attempts).toMatchObject([
      { state: "rejected", outcome: "configuration" },
      { state: "planned" },
    ]);
  });

  test("is no check of a provider that a person has paused", async () => {
    const context = newContext();
    await context.providerStates.pause("first", byPerson);
    context.clock.advance(3600);
    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toMatchObject(byPerson);
  });
});

test("calls of a paused project wait", async () => {
  const context = newContext({
    project: { paused: { reason: "a loop in our alerts", at: START } },
  });
  const call = await accepted(context);
  expect(await call.dispatch()).toMatchObject({ kind: "later" });
  expect(context.puppet.orders).toEqual([]);
  expect((await call.read()).statusMessage).toBe(
    "Waits: the project is paused: a loop in our alerts",
  );
});

describe("a call that has to wait for its turn", () => {
  const limited = (waitMs: number) => {
    const context = newContext({ env: { PROVIDER_CALLS_PER_SECOND: "1" } });
    context.limiter = { take: async () => waitMs };
    return context;
  };

  test("is put back on the queue while the wait is short", async () => {
    const context = limited(700);
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "later", at: secondsAfter(START, 0.7) });
    expect(await call.read()).toMatchObject({ status: "Queued", attempts: [{ state: "planned" }] });
    context.limiter = { take: async () => 0 };
    await call.dispatch();
    expect(context.puppet.orders).toHaveLength(1);
  });

  test("waits in the database when the wait is long, and is brought back before its turn", async () => {
    const context = limited(300_000);
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "done" });
    const dueAt = secondsAfter(START, 300);
    expect(await call.read()).toMatchObject({
      status: "Scheduled",
      statusMessage: "Waits: for its turn at first",
      attempts: [{ state: "planned", dueAt }],
      wakeAt: secondsAfter(dueAt, -60),
    });
  });

  test.each([
    [
      "the account's own setting",
      { env: { PROVIDER_CALLS_PER_SECOND: "3" }, own: 7 },
      [7, undefined],
    ],
    [
      "that of the installation",
      { env: { PROVIDER_CALLS_PER_SECOND: "3" }, rule: 1 },
      [3, undefined],
    ],
    ["the provider's rule", { rule: 1 }, [1, undefined]],
    ["the project's limit", { project: { callsPerSecond: 0.5 } }, [undefined, 0.5]],
  ] as const)("goes by %s", async (_which, given, expected) => {
    const { own, rule, env, project }: Limits = given;
    const context = newContext({ ...(env && { env }), ...(project && { project }) });
    const limits = {
      ...(own !== undefined && { configuredCallsPerSecond: own }),
      ...(rule !== undefined && { callsPerSecond: rule }),
    };
    context.providers = { ...context.providers, first: Object.assign(context.puppet, limits) };
    const asked: unknown[] = [];
    context.limiter = {
      async take({ accountPerSecond, projectPerSecond }) {
        asked.push(accountPerSecond, projectPerSecond);
        return 0;
      },
    };
    await (await accepted(context)).dispatch();
    expect(asked).toEqual(expected);
  });

  test("does not ask for one where nothing is limited", async () => {
    const context = newContext();
    context.limiter = {
      take: async () => {
        throw new Error("asked");
      },
    };
    await (await accepted(context)).dispatch();
    expect(context.puppet.orders).toHaveLength(1);
  });
});

describe("a callee whom the project may not call", () => {
  test.each([
    ["blocked", { project: { blockedPrefixes: ["+1555999"] } }, /begin with \+1555999 are blocked/],
    ["in another country", { project: { allowedCountries: ["DE"] } }, /allowed: DE/],
    ["on the do-not-call list", { barred: ["+15559998888"] }, /do-not-call list/],
  ])("%s is refused at the door, and again before the claim", async (_why, rules, message) => {
    const strict = newContext(rules);
    await expect(accepted(strict)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(message) as string,
    });
    const call = await accepted(newContext());
    const [{ _id } = { _id: "" }] = await strict.calls.findDue(secondsAfter(START, 3600), 1);
    await dispatchAttempt(strict, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
    expect(strict.puppet.orders).toEqual([]);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: expect.stringMatching(message) as string,
      pricing: "final",
    });
  });
});

describe("a number of a costly type", () => {
  const premium = { toNumber: "+19005550100" };
  const open = {
    env: { ALLOWED_NUMBER_TYPES: "premium, satellite" },
    project: { allowedNumberTypes: ["premium" as const] },
  };

  test.each([
    ["the installation", { project: open.project }, /"premium" by ALLOWED_NUMBER_TYPES/],
    ["the project", { env: open.env }, /allowedNumberTypes has "premium"/],
  ])("that %s does not allow is refused, and not dialled", async (_who, rules, message) => {
    const strict = newContext(rules);
    await expect(accepted(strict, premium)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(message) as string,
    });
    const call = await accepted(newContext(open), premium);
    const { _id } = await call.read();
    await dispatchAttempt(strict, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
    expect(strict.puppet.orders).toEqual([]);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: expect.stringMatching(message) as string,
    });
  });

  test("is dialled where both allow it", async () => {
    const context = newContext(open);
    await (await accepted(context, premium)).dispatch();
    expect(context.puppet.orders).toMatchObject([premium]);
  });
});

describe("quiet hours", () => {
  const night = { quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" } };

  test("hold a call back until they are over", async () => {
    const context = newContext({ project: night });
    const call = await accepted(context);
    await call.dispatch();
    expect(context.puppet.orders).toEqual([]);
    const dueAt = new Date("2026-11-23T06:00:00.000Z");
    expect(await call.read()).toMatchObject({
      status: "Scheduled",
      statusMessage: "Waits: quiet hours from 22:00 to 07:00 in Europe/Berlin",
      attempts: [{ dueAt }],
    });
  });

  test.each([
    ["an emergency", { priority: "emergency" }],
    ["a callee whose day it is", { timeZone: "Asia/Tokyo" }],
  ] as const)("do not hold back %s", async (_who, request) => {
    const context = newContext({ project: night });
    await (await accepted(context, request)).dispatch();
    expect(context.puppet.orders).toHaveLength(1);
  });
});

describe("a budget", () => {
  const poor = { budget: { perDayUSD: "0.15", reserveUSD: "0.10" } };

  test("that is used up ends a call before the dial, and says what is left", async () => {
    const context = newContext({ project: poor });
    await (await accepted(context)).dispatch();
    const call = await accepted(context);
    await call.dispatch();
    expect(context.puppet.orders).toHaveLength(1);
    expect(await call.read()).toMatchObject({
      status: "Low Balance",
      statusMessage:
        "Not dialled: 0.10 USD do not fit; 0.10 of today's limit, 0.15 USD, are spent or set aside",
      pricing: "final",
    });
  });

  test("has room again when the price is known, or nothing was dialled", async () => {
    const context = newContext({ project: poor });
    const call = await accepted(context);
    await call.dispatch();
    await settleBudgets(context);
    expect(await context.budgets.open(10)).toHaveLength(1);
    const record = await call.read();
    const price = { amount: "-0.013", currency: "USD", pricing: "final" } as const;
    const [attempt] = record.attempts;
    const ended = { ...attempt!, state: "ended", price, costInMicroUSD: 13_000 } as const;
    await context.calls.replace({ ...record, status: "Completed", attempts: [ended] });
    await settleBudgets(context);
    expect(await context.budgets.open(10)).toEqual([]);

    context.puppet.answer = () => ({
      kind: "rejected",
      errorClass: "destination",
      errorMessage: "no such number",
    });
    await (await accepted(context)).dispatch();
    await settleBudgets(context);
    await (await accepted(context)).dispatch();
    expect(context.puppet.orders).toHaveLength(3);
  });
});
