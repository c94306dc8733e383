import { describe, expect, test } from "vitest";

import { noticesOf } from "./notices.ts";
import type { InstallationStatus, ProjectStatus } from "./status.ts";

const at = "2026-11-26T03:12:00.000Z";
const calm = {
  at,
  isRedisUp: true,
  hasWorkers: true,
  simulated: [],
  providersDiffer: false,
  isEveryProviderPaused: false,
};
const fine: ProjectStatus = {
  ...calm,
  paused: null,
  operatorPause: null,
  stuck: { calls: 0, oldest: null },
  pausedProviders: [],
};
const admin = { may: ["read", "administer"] as const, isSandbox: false };
const viewer = { may: ["read"] as const, isSandbox: false };
const said = (status: ProjectStatus | InstallationStatus, who = admin) =>
  noticesOf(status, { ...who, may: [...who.may] });

test("nothing is said while calls go out", () => {
  expect(said(fine)).toEqual([]);
});

describe("a pause", () => {
  const by = { kind: "person", id: "1", name: "Ada Lovelace" } as const;
  const paused = { ...fine, paused: { reason: "Calls loop", at, by } };

  test("says who, since when and why, with the way back for those who may", () => {
    const notice = {
      title: "Paused by Ada Lovelace: no call of this project is dialled.",
      text: "Calls loop",
      since: at,
    };
    expect(said(paused)).toMatchObject([{ ...notice, remedy: { kind: "resume-project" } }]);
    const [seen] = noticesOf(paused, { ...viewer, may: [...viewer.may] });
    expect(seen).toMatchObject(notice);
    expect(seen).not.toHaveProperty("remedy");
  });

  test("from before it was kept who did it says the rest", () => {
    const [notice] = said({ ...fine, paused: { reason: "Old", at } });
    expect(notice?.title).toBe("Paused: no call of this project is dialled.");
  });

  test("by an operator can't be ended by the project, nor its own beside it", () => {
    const notices = said({ ...paused, operatorPause: { reason: "Unpaid", at } });
    expect(notices.map(({ name }) => name)).toEqual(["operator-pause", "pause"]);
    expect(notices.some(({ remedy }) => remedy !== undefined)).toBe(false);
  });
});

test("a provider's pause has its reason and its way back for operators alone", () => {
  const pause = { name: "twilio", at };
  const [seen] = said({ ...fine, pausedProviders: [pause] });
  expect(seen).toMatchObject({ title: "The provider twilio is paused.", tone: "warn" });
  expect(seen).not.toHaveProperty("remedy");
  const reason = "account suspended";
  const [full] = noticesOf(
    {
      ...calm,
      pausedProviders: [{ ...pause, reason, by: "configuration" }],
    },
    { may: ["operate"], isSandbox: false },
  );
  expect(full).toMatchObject({
    text: expect.stringContaining(reason),
    remedy: { kind: "resume-providers", providers: ["twilio"] },
  });
});

test("pauses of all providers are one line, with one way back for operators", () => {
  const all = [
    { name: "telnyx", at },
    { name: "twilio", at: "2026-11-26T03:13:00.000Z" },
  ];
  const [seen, ...rest] = said({ ...fine, isEveryProviderPaused: true, pausedProviders: all });
  expect(rest).toEqual([]);
  expect(seen).toMatchObject({ tone: "bad", since: all[1]?.at });
  expect(seen?.title).toMatch(/^All calls are paused/);
  expect(seen).not.toHaveProperty("remedy");
  const by = { by: "person" as const, reason: "Storm" };
  const pausedProviders = all.map((one) => ({ ...one, ...by }));
  const operator = { may: ["operate" as const], isSandbox: false };
  const [full] = noticesOf({ ...calm, isEveryProviderPaused: true, pausedProviders }, operator);
  expect(full).toMatchObject({
    text: "Storm",
    remedy: { kind: "resume-providers", providers: ["telnyx", "twilio"] },
  });
});

test.each([
  [{ isRedisUp: false, hasWorkers: false }, "Redis is away."],
  [{ hasWorkers: false }, "No worker is alive."],
  [{ providersDiffer: true }, "Processes have different providers."],
  [{ simulated: ["simulated-2"] }, "One of the providers is simulated."],
  [{ stuck: { calls: 1, oldest: { _id: "a", wakeAt: at } } }, "1 call is stuck."],
  [{ stuck: { calls: 100, oldest: { _id: "a", wakeAt: at } } }, "100 calls or more are stuck."],
])("%j is %s", (fields, title) => {
  expect(said({ ...fine, ...fields }).map((notice) => notice.title)).toEqual([title]);
});

test("of a sandbox, where its badge says it, the bar does not say it again", () => {
  const sandbox = { may: ["read"] as const, isSandbox: true };
  expect(noticesOf(undefined, sandbox)).toEqual([]);
  const names = noticesOf({ ...fine, hasWorkers: false, simulated: ["simulated"] }, sandbox);
  expect(names.map(({ name }) => name)).toEqual(["workers"]);
});
