import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { CallRecord, CallRequestInput } from "@call-log/model";
import { createSimulatedProvider, type PlaceResult } from "@call-log/provider";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, onTestFinished, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { settleBudgets } from "../maintenance/settle-budgets.ts";
import { checkPausedProviders } from "../providers/check-account.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";

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
const badAccount: PlaceResult = {
  kind: "rejected",
  errorClass: "account",
  errorCode: "20003",
  errorMessage: "Authenticate",
};

test("gates that only look are asked together", async () => {
  const context = newContext();
  const call = await accepted(context);
  const { doNotCall, providerStates } = context;
  const seen: string[] = [];
  context.doNotCall = {
    ...doNotCall,
    async among(...asked) {
      seen.push("list asked");
      const listed = await doNotCall.among(...asked);
      seen.push("list read");
      return listed;
    },
  };
  context.providerStates = {
    ...providerStates,
    pauseOf(name) {
      seen.push("pause asked");
      return providerStates.pauseOf(name);
    },
  };
  await call.dispatch();
  expect(seen.slice(-3)).toEqual(["list asked", "pause asked", "list read"]);
  expect(context.primary.orders).toHaveLength(1);
});

describe("a paused provider", () => {
  test("is passed over for the next of the chain", async () => {
    const context = newContext();
    await context.providerStates.pause("first", byPerson);
    const call = await accepted(context);
    await call.dispatch();
    expect([context.primary.orders.length, context.spare.orders.length]).toEqual([0, 1]);
    expect(await call.read()).toMatchObject({ provider: "second", status: "Dialing" });
  });

  test("makes calls wait where there is no other, and they say why", async () => {
    const context = newContext({ chain: ["first"] });
    await context.providerStates.pause("first", byPerson);
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "done" });
    expect(await call.read()).toMatchObject({
      status: "Queued",
      statusMessage: "Waits: first is paused",
      waitsFor: "provider-paused",
      attempts: [{ state: "planned", dueAt: secondsAfter(START, 15) }],
    });
    await context.providerStates.resume("first");
    context.clock.advance(15);
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(1);
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
    expect(await call.dispatch(2)).toEqual({ kind: "done" });
    expect(await call.read()).toMatchObject({ waitsFor: "provider-paused" });
    expect(context.spare.orders).toEqual([]);
  });
});

describe("a refusal for the account", () => {
  const suspended = async () => ({ ok: false as const, reason: "the account is suspended" });

  test("pauses it when the check agrees, in the check's words, burns no attempt, and a good check resumes it", async () => {
    const context = newContext({ chain: ["first"] });
    context.primary.answer = () => badAccount;
    context.primary.check = suspended;
    const call = await accepted(context);
    await call.dispatch();
    expect(await context.providerStates.pauseOf("first")).toMatchObject({
      by: "configuration",
      reason: "the account is suspended",
    });
    const other = await accepted(context);
    await other.dispatch();
    expect(context.primary.orders).toHaveLength(1);

    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toBeDefined();
    context.clock.advance(60);
    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toBeDefined();
    context.clock.advance(60);
    context.primary.check = async () => ({ ok: true });
    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toBeUndefined();
    expect((await call.read()).attempts).toMatchObject([
      { state: "rejected", outcome: "account", errorClass: "account" },
      { state: "planned" },
    ]);
  });

  test("pauses nothing while the check is good, however often the call comes again", async () => {
    const context = newContext({ chain: ["first"] });
    context.primary.answer = ({ toNumber }) =>
      toNumber === "+15559998888"
        ? badAccount
        : { kind: "accepted", providerCallId: toNumber, status: "queued" };
    const call = await accepted(context);
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      await call.dispatch(attempt);
      expect(await context.providerStates.pauseOf("first")).toBeUndefined();
      const other = await accepted(context, { toNumber: "+15559997777" });
      await other.dispatch();
      expect(await other.read()).toMatchObject({ status: "Dialing" });
      context.clock.advance(900);
    }
    expect((await call.read()).attempts.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 8 }, () => "account"),
      undefined,
    ]);
  });

  test("asks for one check, however many calls are refused meanwhile", async () => {
    const context = newContext({ chain: ["first"] });
    context.primary.answer = () => badAccount;
    let checks = 0;
    context.primary.check = async () => {
      checks += 1;
      return { ok: true };
    };
    const calls = await Promise.all(Array.from({ length: 5 }, () => accepted(context)));
    await Promise.all(calls.map((call) => call.dispatch()));
    expect([context.primary.orders.length, checks]).toEqual([5, 1]);
    context.clock.advance(61);
    await Promise.all(calls.map((call) => call.dispatch(2)));
    expect(checks).toBe(2);
  });

  test.each([
    ["fails", () => Promise.reject(new Error("away"))],
    ["never comes", () => new Promise<never>(() => {})],
  ])("pauses nothing while the check %s", async (_how, check) => {
    const context = newContext({ chain: ["first"], env: { PROVIDER_TIMEOUT_SECONDS: "0.02" } });
    context.primary.answer = () => badAccount;
    context.primary.check = check;
    const call = await accepted(context);
    await call.dispatch();
    expect(await context.providerStates.pauseOf("first")).toBeUndefined();
    expect((await call.read()).attempts[1]).toMatchObject({ dueAt: secondsAfter(START, 60) });
    expect(context.logged()).toContain("could not be checked");
  });

  test("is no check of a provider that a person has paused", async () => {
    const context = newContext();
    await context.providerStates.pause("first", byPerson);
    context.clock.advance(3600);
    await checkPausedProviders(context);
    expect(await context.providerStates.pauseOf("first")).toMatchObject(byPerson);
  });
});

describe("a refusal of the simulated provider", () => {
  async function simulated(isSuspended: () => boolean) {
    const dataDir = await mkdtemp(path.join(tmpdir(), "call-log-gate-"));
    const provider = createSimulatedProvider({ dataDir, isSuspended });
    onTestFinished(async () => {
      await provider.close();
      await rm(dataDir, { recursive: true });
    });
    return newContext({ chain: ["simulated"], providers: [provider] });
  }

  test("for its account pauses nothing while its check disagrees", async () => {
    const context = await simulated(() => false);
    const call = await accepted(context, { toNumber: "+15550100122" });
    await call.dispatch();
    expect(await call.read()).toMatchObject({ attempts: [{ errorClass: "account" }, {}] });
    expect(await context.providerStates.pauseOf("simulated")).toBeUndefined();
    const other = await accepted(context, { toNumber: "+15550100100" });
    await other.dispatch();
    expect(await other.read()).toMatchObject({ status: "Dialing" });
  });

  test("for its account pauses it once its check agrees", async () => {
    const context = await simulated(() => true);
    const call = await accepted(context, { toNumber: "+15550100100" });
    await call.dispatch();
    expect(await context.providerStates.pauseOf("simulated")).toMatchObject({
      reason: "the account is suspended",
    });
    const other = await accepted(context, { toNumber: "+15550100100" });
    expect(await other.dispatch()).toEqual({ kind: "done" });
    expect((await other.read()).statusMessage).toContain("simulated is paused");
  });
});

describe("a refusal for the from-number", () => {
  const [own, other] = ["+15551112222", "+493012345678"] as const;
  const refuseFrom = (context: TestContext, ...numbers: string[]) => {
    for (const provider of [context.primary, context.spare])
      provider.answer = ({ fromNumber, attemptId }) =>
        numbers.includes(fromNumber)
          ? {
              kind: "rejected",
              errorClass: "fromNumber",
              errorCode: "21210",
              errorMessage: "not verified",
            }
          : { kind: "accepted", providerCallId: `SIM-${attemptId}`, status: "queued" };
  };
  const allowedNumbersOf = ({ primary }: TestContext) =>
    primary.orders.map(({ fromNumber }) => fromNumber);

  test("moves the call to another number of the project, and later calls go from there at once", async () => {
    const context = newContext({ chain: ["first"] });
    refuseFrom(context, own);
    const call = await accepted(context, { retry: { maxAttempts: 1 } });
    await call.dispatch();
    context.clock.advance(1);
    await call.dispatch(2);
    expect(await call.read()).toMatchObject({
      status: "Dialing",
      fromNumber: other,
      attempts: [
        { outcome: "from-number", errorClass: "fromNumber", fromNumber: own },
        { state: "accepted", fromNumber: other },
      ],
    });
    await (await accepted(context)).dispatch();
    expect(allowedNumbersOf(context)).toEqual([own, other, other]);
    expect(context.logged()).not.toContain("+1555");
  });

  test("makes calls from it wait where there is no other, and they say why; one at a time asks again", async () => {
    const context = newContext({ chain: ["first"], project: { fromNumbers: [own] } });
    refuseFrom(context, own);
    const calls = await Promise.all(Array.from({ length: 4 }, () => accepted(context)));
    await calls[0]!.dispatch();
    expect(await calls[1]!.dispatch()).toEqual({ kind: "later", at: secondsAfter(START, 15) });
    expect(await calls[1]!.read()).toMatchObject({
      statusMessage:
        "Waits: first does not let the project call from this number: not verified (21210)",
      attempts: [{ state: "planned" }],
    });
    context.clock.advance(60);
    await Promise.all(calls.slice(1).map((call) => call.dispatch()));
    expect(context.primary.orders).toHaveLength(2);
    context.clock.advance(60);
    await calls[3]!.dispatch();
    expect(context.primary.orders).toHaveLength(2);
    refuseFrom(context);
    context.clock.advance(60);
    await Promise.all(calls.slice(1).map((call) => call.dispatch()));
    expect(context.primary.orders).toHaveLength(3);
    // One of the three has its second attempt planned; the last one goes at once.
    await Promise.all(calls.slice(1).map((call) => call.dispatch()));
    expect(context.primary.orders).toHaveLength(4);
  });

  test("is this project's alone, this provider's alone, and pauses nothing", async () => {
    const context = newContext({ project: { fromNumbers: [own] } });
    refuseFrom(context, own);
    await (await accepted(context)).dispatch();
    expect(await context.numberRefusals.of(PROJECT_ID)).toMatchObject([{ provider: "first" }]);
    expect(await context.numberRefusals.of("another project")).toEqual([]);
    expect(await context.providerStates.list()).toEqual([]);
    refuseFrom(context);
    const call = await accepted(context);
    await call.dispatch();
    expect(await call.read()).toMatchObject({ provider: "second", status: "Dialing" });
  });

  test("does not hold an emergency, which asks all the same, by its own waits", async () => {
    const context = newContext({ chain: ["first"], project: { fromNumbers: [own] } });
    refuseFrom(context, own);
    await (await accepted(context)).dispatch();
    const emergency = await accepted(context, { priority: "emergency" });
    await emergency.dispatch();
    expect(await emergency.read()).toMatchObject({
      attempts: [{ outcome: "from-number" }, { dueAt: secondsAfter(START, 1) }],
    });
    refuseFrom(context);
    context.clock.advance(1);
    await emergency.dispatch(2);
    expect(await emergency.read()).toMatchObject({ status: "Dialing" });
    // What let the emergency through lets the others through.
    expect(await context.numberRefusals.of(PROJECT_ID)).toEqual([]);
  });

  test("of an emergency goes to another provider first", async () => {
    const context = newContext({ project: { fromNumbers: [own] } });
    refuseFrom(context, own);
    await (await accepted(context)).dispatch();
    refuseFrom(context);
    const emergency = await accepted(context, { priority: "emergency" });
    await emergency.dispatch();
    expect(await emergency.read()).toMatchObject({ provider: "second" });
  });
});

test("why the provider is paused, by whomever, is not in what its callers read", async () => {
  const context = newContext();
  await context.providerStates.pause("first", byPerson);
  const byConfiguration = { by: "configuration", reason: "Authenticate (20003)" } as const;
  await context.providerStates.pause("second", byConfiguration);
  const call = await accepted(context);
  await call.dispatch();
  expect((await call.read()).statusMessage).toBe("Waits: first is paused; second is paused");
});

test("calls of a project that an operator has paused wait, whether it paused itself or not", async () => {
  for (const own of [{}, { paused: { reason: "a loop in our alerts", at: START } }]) {
    const operatorPause = { reason: "the bill is open", at: START };
    const context = newContext({ project: { ...own, operatorPause } });
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "done" });
    expect(context.primary.orders).toEqual([]);
    expect((await call.read()).statusMessage).toBe(
      "Waits: the project is paused by an operator: the bill is open",
    );
  }
});

test("calls of a paused project wait", async () => {
  const context = newContext({
    project: { paused: { reason: "a loop in our alerts", at: START } },
  });
  const call = await accepted(context);
  expect(await call.dispatch()).toEqual({ kind: "done" });
  expect(context.primary.orders).toEqual([]);
  expect((await call.read()).statusMessage).toBe(
    "Waits: the project is paused: a loop in our alerts",
  );
});

describe("a call that has to wait for its turn", () => {
  const limited = (waitMs: number) => {
    const context = newContext({ env: { PROVIDER_CALLS_PER_SECOND: "1" } });
    context.limiter.take = async () => waitMs;
    return context;
  };

  test("is put back on the queue while the wait is short", async () => {
    const context = limited(700);
    const call = await accepted(context);
    expect(await call.dispatch()).toEqual({ kind: "later", at: secondsAfter(START, 0.7) });
    expect(await call.read()).toMatchObject({ status: "Queued", attempts: [{ state: "planned" }] });
    context.limiter.take = async () => 0;
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(1);
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

  test("waits as it stands when the wait is written, not as it was before the gates", async () => {
    const context = limited(300_000);
    const call = await accepted(context);
    context.limiter = {
      ...context.limiter,
      async take() {
        const record = await call.read();
        const [attempt] = record.attempts;
        await context.calls.replace({ ...record, attempts: [{ ...attempt!, provider: "second" }] });
        return 300_000;
      },
    };
    await call.dispatch();
    expect(await call.read()).toMatchObject({
      status: "Scheduled",
      attempts: [{ provider: "second", dueAt: secondsAfter(START, 300) }],
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
    context.providers = { ...context.providers, first: Object.assign(context.primary, limits) };
    const asked: unknown[] = [];
    context.limiter = {
      ...context.limiter,
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
      ...context.limiter,
      take: async () => {
        throw new Error("asked");
      },
    };
    await (await accepted(context)).dispatch();
    expect(context.primary.orders).toHaveLength(1);
  });
});

describe("a callee whom the project may not call", () => {
  test.each([
    ["blocked", { project: { blockedPrefixes: ["+1555999"] } }, /begin with \+1555999 are blocked/],
    ["in another country", { project: { allowedCountries: ["DE"] } }, /allowed: DE/],
    ["on the do-not-call list", { blocked: ["+15559998888"] }, /do-not-call list/],
  ])("%s is refused as a request, and again before the claim", async (_why, rules, message) => {
    const strict = newContext(rules);
    await expect(accepted(strict)).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(message) as string,
    });
    const call = await accepted(newContext());
    const [{ _id } = { _id: "" }] = await strict.calls.findDue(secondsAfter(START, 3600), 1);
    await dispatchAttempt(strict, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
    expect(strict.primary.orders).toEqual([]);
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
    expect(strict.primary.orders).toEqual([]);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: expect.stringMatching(message) as string,
    });
  });

  test("is dialled where both allow it", async () => {
    const context = newContext(open);
    await (await accepted(context, premium)).dispatch();
    expect(context.primary.orders).toMatchObject([premium]);
  });
});

describe("a from-number that was taken back after the call was accepted", () => {
  const later = { scheduledAt: secondsAfter(START, 600).toISOString() };

  test("makes room for another number of the project", async () => {
    const context = newContext();
    const call = await accepted(context, { ...later, fromNumber: "+15551112222" });
    context.callerIds = {
      of: async ({ _id }) => [
        { number: "+15551112222", owner: "another" },
        { number: "+493012345678", owner: _id },
      ],
    };
    context.clock.advance(600);
    await call.dispatch();
    expect(await call.read()).toMatchObject({ status: "Dialing", fromNumber: "+493012345678" });
    expect(context.primary.orders).toMatchObject([{ fromNumber: "+493012345678" }]);
  });

  test("ends the call where the project has no other", async () => {
    const context = newContext();
    const call = await accepted(context, later);
    context.callerIds = { of: async () => [] };
    context.clock.advance(600);
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
    expect(await call.read()).toMatchObject({
      status: "Failed",
      statusMessage: "Not dialled: the project has no number to call from any more",
      pricing: "final",
    });
  });
});

describe("quiet hours", () => {
  const night = { quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" } };

  test("hold a call back until they are over", async () => {
    const context = newContext({ project: night });
    const call = await accepted(context);
    await call.dispatch();
    expect(context.primary.orders).toEqual([]);
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
    expect(context.primary.orders).toHaveLength(1);
  });
});

describe("a budget", () => {
  const poor = { budget: { perDayUSD: "0.15", reserveUSD: "0.10" } };

  test("that is used up ends a call before the dial, and says what is left", async () => {
    const context = newContext({ project: poor });
    await (await accepted(context)).dispatch();
    const call = await accepted(context);
    await call.dispatch();
    expect(context.primary.orders).toHaveLength(1);
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
    const later = async () => {
      context.clock.advance(60);
      await settleBudgets(context);
    };
    const held = async () => {
      const all = await context.budgets.findDue(secondsAfter(START, 1e9), 10);
      return all.flatMap(({ target }) => (target.held ? target.micro : []));
    };
    await later();
    expect(await held()).toEqual([100_000]);
    const record = await call.read();
    const price = { amount: "-0.013", currency: "USD", pricing: "final" } as const;
    const [attempt] = record.attempts;
    const ended = { ...attempt!, state: "ended", price, costInMicroUSD: 13_000 } as const;
    await context.calls.replace({ ...record, status: "Completed", attempts: [ended] });
    await later();
    expect(await held()).toEqual([]);

    context.primary.answer = () => ({
      kind: "rejected",
      errorClass: "destination",
      errorMessage: "no such number",
    });
    await (await accepted(context)).dispatch();
    // Its reservation is looked at in the next round, since the call said that it cost nothing.
    await settleBudgets(context);
    await (await accepted(context)).dispatch();
    expect(context.primary.orders).toHaveLength(3);
  });
});
