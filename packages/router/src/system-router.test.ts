import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "./testing/fresh-router.contract.ts";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("health", () => {
  test("counts what is open, unknown, stuck and awaits a price, in the key's project", async () => {
    await fresh.keep(
      { status: "Queued", wakeAt: minutesAgo(0) },
      { status: "Ringing", wakeAt: minutesAgo(5) },
      { status: "Unknown", wakeAt: minutesAgo(-5) },
      { status: "Completed", wakeAt: minutesAgo(-5), pricing: "pending" },
      { status: "Completed", pricing: "final" },
      { status: "Queued", wakeAt: minutesAgo(5), projectId: fresh.otherProjectId },
    );
    const { calls } = await (await fresh.caller()).system.health();
    expect(calls).toEqual({ open: 3, unknown: 1, stuck: 1, pricesPending: 1 });
  });

  test("tells how full each queue is, and since when", async () => {
    const asked = await fresh.caller();
    await asked.calls.dispatch({ toNumber: "+15550100100", say: "Hello" });
    const { queues } = await asked.system.health();
    expect(queues.map(({ name }) => name)).toEqual([
      "call-requests",
      "call-dispatch",
      "call-events",
      "call-maintenance",
    ]);
    expect(queues[1]).toMatchObject({ waiting: 1, active: 0, oldestSeconds: expect.any(Number) });
    expect(queues[2]).toMatchObject({ waiting: 0, oldestSeconds: null });
  });
});

describe("the switch of a provider account", () => {
  test("holds it with a reason, and lets it go", async () => {
    const asked = await fresh.caller();
    const { providers } = await asked.system.pauseProvider({ name: "simulated", reason: "Drill" });
    expect(providers).toEqual([
      { name: "simulated", pause: { by: "person", reason: "Drill", at: expect.any(String) } },
    ]);
    await asked.system.resumeProvider({ name: "simulated" });
    expect((await asked.system.health()).providers).toEqual([{ name: "simulated", pause: null }]);
  });

  test("names the accounts when there is no such one", async () => {
    const asked = await fresh.caller();
    const pausing = asked.system.pauseProvider({ name: "twilio", reason: "x" });
    await expect(pausing).rejects.toThrow("name: must be one of: simulated");
  });

  test("is for administrators", async () => {
    const asked = await fresh.caller({ permissions: ["Project Member"] });
    const pausing = asked.system.pauseProvider({ name: "simulated", reason: "x" });
    await expect(pausing).rejects.toThrow("The ApiKey may not do this");
  });
});
