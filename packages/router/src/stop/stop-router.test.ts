import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { type Caller, freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

let fresh: FreshRouter;
let owner: Caller;
let operator: Caller;
beforeAll(async () => {
  fresh = await freshRouter();
  owner = await fresh.caller();
  operator = await fresh.caller({ permissions: ["Operator"] });
});
beforeEach(async () => {
  await owner.projects.resume();
  await fresh.store.providerStates.resume("simulated");
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => fresh[Symbol.asyncDispose]());

describe("of a project", () => {
  test("counts what is open, pauses with the reason, and leaves running calls alone unless asked", async () => {
    await fresh.keep(
      { status: "Ringing" },
      { status: "Dialing" },
      { status: "In Progress" },
      { status: "Queued" },
      { status: "Scheduled" },
      { status: "Unknown" },
      { status: "Completed" },
      { status: "Ringing", projectId: fresh.otherProjectId },
    );
    const counts = { ringing: 2, answered: 1, waiting: 2, unknown: 1 };
    expect(await owner.stop.openCalls()).toEqual(counts);
    const { ended, pausedAt } = await owner.stop.calls({ reason: "Calls loop" });
    expect(ended).toBeNull();
    expect(await owner.stop.openCalls()).toEqual(counts);
    const { paused } = await owner.system.status();
    expect(paused).toMatchObject({ reason: "Calls loop", at: pausedAt });
  });

  test("that is stopped already keeps its reason, and needs none", async () => {
    await expect(owner.stop.calls({})).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "reason: must be given, unless calls are paused already",
    });
    expect((await owner.system.status()).paused).toBeNull();
    const first = await owner.stop.calls({ reason: "Calls loop" });
    const again = await owner.stop.calls({});
    expect(again.pausedAt).toBe(first.pausedAt);
    expect((await owner.system.status()).paused?.reason).toBe("Calls loop");
  });
});

describe("running calls are ended when that is asked for", () => {
  const answer = { ended: 2, notEnded: [], isCutShort: false };
  const ending = () => vi.spyOn(fresh.dispatcher, "endRunning").mockResolvedValue(answer);

  test("those of the project", async () => {
    const asked = ending();
    const { ended } = await owner.stop.calls({ reason: "Calls loop", endRunning: true });
    expect(ended).toEqual(answer);
    expect(asked.mock.calls).toMatchObject([[{ projectId: fresh.projectId }]]);
  });

  test.each([{ provider: "simulated" }, {}])("those of an account, or all: %j", async (reach) => {
    const asked = ending();
    const stopping = { reason: "Storm", endRunning: true, ...reach };
    expect(await operator.operator.stop.calls(stopping)).toMatchObject({ ended: answer });
    const [asking] = asked.mock.calls[0]!;
    expect([asking.projectId, asking.provider]).toEqual([undefined, reach.provider]);
  });
});

describe("of the installation", () => {
  test("pauses every account, or the one that is named, and resumes those that are named", async () => {
    expect(await operator.stop.openCalls().catch(({ code }) => code)).toBe("FORBIDDEN");
    const counts = await operator.operator.stop.openCalls({});
    expect(counts.ringing).toBeGreaterThanOrEqual(3);
    expect(await operator.operator.stop.openCalls({ provider: "simulated" })).toMatchObject({
      ringing: 0,
    });
    const { providers, ended } = await operator.operator.stop.calls({ reason: "Storm" });
    expect({ providers, ended }).toEqual({ providers: ["simulated"], ended: null });
    expect(await owner.system.status()).toMatchObject({ isEveryProviderPaused: true });
    expect(await operator.operator.status()).toMatchObject({
      isEveryProviderPaused: true,
      pausedProviders: [{ name: "simulated", by: "person", reason: "Storm" }],
    });
    expect(await operator.operator.stop.resume({ providers })).toEqual({ resumed: providers });
    expect(await operator.operator.stop.resume({ providers })).toEqual({ resumed: [] });
    expect(await owner.system.status()).toMatchObject({ isEveryProviderPaused: false });
  });

  test("takes over a pause that would end by itself, and keeps that of a person", async () => {
    const byCheck = { by: "configuration", reason: "20003" } as const;
    await fresh.store.providerStates.pause("simulated", byCheck);
    await operator.operator.stop.calls({ reason: "Storm", provider: "simulated" });
    await operator.operator.stop.calls({ reason: "Second", provider: "simulated" });
    const [state] = await fresh.store.providerStates.list();
    expect(state?.paused).toMatchObject({ by: "person", reason: "Storm" });
  });

  test("refuses an account that does not exist, by its field", async () => {
    const refusal = { code: "BAD_REQUEST", message: "provider: must be one of: simulated" };
    const { stop } = operator.operator;
    await expect(stop.calls({ reason: "x", provider: "none" })).rejects.toMatchObject(refusal);
    await expect(stop.openCalls({ provider: "none" })).rejects.toMatchObject(refusal);
    await expect(stop.resume({ providers: ["none"] })).rejects.toMatchObject({
      message: "providers: must be one of: simulated",
    });
  });
});
