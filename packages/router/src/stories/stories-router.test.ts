import { anAttempt } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type FreshRouter, freshRouter } from "../testing/fresh-router.ts";
import { MOST_CALLS } from "./read-stories.ts";

const NUMBER = "+15550100100";
const USER = "376d7300-28fe-11f1-b591-3fdcef396abb";
const INCIDENT = "376d7300-28fe-11f1-b591-3fdcef396aba";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
  const related = {
    toNumber: NUMBER,
    userId: USER,
    user: { _id: USER, name: "Anna Weber" },
    incidentId: INCIDENT,
    incident: { _id: INCIDENT, title: "Database down" },
  };
  const reached = { state: "ended", outcome: "reached", claimedAt: new Date() } as const;
  const [first, second] = ["0".repeat(24), "1".repeat(24)] as const;
  const created = (minute: number) => new Date(Date.UTC(2026, 10, 26, 3, minute));
  await fresh.keep(
    {
      ...related,
      _id: second,
      status: "Completed",
      createdAt: created(4),
      attempts: [anAttempt(second, reached)],
    },
    {
      ...related,
      _id: first,
      status: "Busy",
      createdAt: created(0),
      attempts: [anAttempt(first, { ...reached, outcome: "busy" })],
    },
  );
  await fresh.store.doNotCall.add(fresh.projectId, [NUMBER]);
});
afterAll(() => fresh[Symbol.asyncDispose]());

describe("a person's page", () => {
  test.each([{ toNumber: "+1 555 010 0100" }, { userId: USER }])("by %j", async (whom) => {
    const caller = await fresh.caller();
    const page = await caller.people.get(whom);
    expect(page).toMatchObject({
      name: "Anna Weber",
      count: 2,
      read: 2,
      dialled: 2,
      reached: 1,
      blockedNumbers: [NUMBER],
    });
    expect(page.calls.map(({ status }) => status)).toEqual(["Completed", "Busy"]);
  });

  test("somebody who was never called has no calls", async () => {
    const caller = await fresh.caller();
    expect(await caller.people.get({ toNumber: "+15550100111" })).toMatchObject({
      count: 0,
      calls: [],
      name: null,
    });
  });

  test("a masked key finds it by the id alone, without name, number and list", async () => {
    const caller = await fresh.caller({ permissions: ["Read Masked Call Log"] });
    await expect(caller.people.get({ toNumber: NUMBER })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const page = await caller.people.get({ userId: USER });
    expect(page).toMatchObject({ name: null, count: 2, blockedNumbers: [] });
    expect(JSON.stringify(page)).not.toMatch(/Anna|15550100100/);
  });

  test.each([{ toNumber: "0151" }, { userId: "anna" }, {}])(
    "%j is refused in words",
    async (whom) => {
      const caller = await fresh.caller();
      await expect(caller.people.get(whom as { userId: string })).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    },
  );
});

describe("an incident's page", () => {
  test("tells its calls oldest first", async () => {
    const caller = await fresh.caller({ permissions: ["Viewer"] });
    const page = await caller.incidents.get({ incidentId: INCIDENT });
    expect(page).toMatchObject({
      title: "Database down",
      count: 2,
      people: [{ name: "Anna Weber", calls: 2 }],
    });
    expect(page.calls.map(({ status }) => status)).toEqual(["Busy", "Completed"]);
  });

  test("tells what still comes: open calls that were not acknowledged themselves, also beyond its first calls", async () => {
    const incidentId = "376d7300-28fe-11f1-b591-3fdcef396abd";
    const of = { incidentId, incident: { _id: incidentId, title: "Storm" } };
    const states = [
      { status: "Completed", acknowledgedAt: new Date() },
      { status: "In Progress", acknowledgedAt: new Date() },
      { status: "Scheduled" },
      { status: "Unknown" },
    ] as const;
    const [, , ...coming] = await fresh.keep(...states.map((state) => ({ ...of, ...state })));
    const caller = await fresh.caller();
    const ids = async () => {
      const { coming: found } = await caller.incidents.get({ incidentId });
      return { count: found.count, ids: found.calls.map(({ _id }) => _id).toSorted() };
    };
    const expected = { count: 2, ids: coming.map(({ _id }) => _id).toSorted() };
    expect(await ids()).toEqual(expected);
    const before = new Date(Date.now() - 86_400_000);
    const over = { ...of, status: "Busy", createdAt: before } as const;
    await fresh.keep(...Array.from({ length: MOST_CALLS }, () => over));
    expect(await ids()).toEqual(expected);
  });

  test("one without calls is not found", async () => {
    const caller = await fresh.caller();
    await expect(caller.incidents.get({ incidentId: USER })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

test("what a call says is told as it is sent, and of a sensitive one nothing", async () => {
  const plan = { steps: [{ say: "Down \u0007now" }], language: "de-DE", sensitive: false };
  const base = (await fresh.keep({ status: "Busy" }))[0]!;
  const [call, secret] = await fresh.keep(
    { status: "Busy", plan: { ...base.plan, ...plan } },
    { status: "Ringing", plan: { ...base.plan, ...plan, sensitive: true } },
  );
  const caller = await fresh.caller();
  expect(await caller.calls.speech({ id: call!._id })).toEqual({
    steps: [{ say: "Down now" }],
    language: "de-DE",
    voice: null,
  });
  expect(await caller.calls.speech({ id: secret!._id })).toBeNull();
});

test("which of a page's calls were called again, and as which", async () => {
  const caller = await fresh.caller();
  const base = (await fresh.keep({ status: "Busy" }))[0]!;
  const steps = [{ say: "Down" }];
  const [one, other] = await fresh.keep(
    { status: "Busy", toNumber: "+15551119999", plan: { ...base.plan, steps } },
    { status: "Busy" },
  );
  const { _id } = await caller.calls.retry({ id: one!._id });
  const { calls } = await caller.calls.calledAgainMany({ ids: [one!._id, other!._id] });
  expect(calls).toEqual([
    { of: one!._id, _id, status: expect.any(String), createdAt: expect.any(String) },
  ]);
});
