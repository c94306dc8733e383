import type { CallRecord, CallRequestInput, NewProject, ProjectSettings } from "@call-log/model";
import type { HeldSearch } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { freshDatabase } from "@call-log/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import type { DelayedDispatch } from "../context/job-queue.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext, TestContextOptions } from "../testing/test-context.ts";
import { recheckWaiting } from "./recheck-waiting.ts";
import { sweep } from "./sweep.ts";

const newContext = useStoreContext(freshDatabase);
const OTHER_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae8";
// At START it is 03:12 in London.
const NIGHT = { from: "22:00", to: "07:00", timeZone: "Europe/London" };
const MORNING = new Date("2026-11-23T07:00:00.000Z");

beforeEach(async () => {
  const { projects, providers } = collectionsOf(newContext.store());
  await Promise.all([projects.deleteMany({}), providers.deleteMany({})]);
});

/** A context whose projects, pauses and marks are the database's own. */
async function realContext(
  settings: Partial<NewProject> = {},
  options: Partial<TestContextOptions> = {},
) {
  const context = newContext(options);
  const store = newContext.store();
  context.projects = { find: (id) => store.projects.find(id) };
  context.providerStates = store.providerStates;
  context.rechecks = store.rechecks;
  const numbers = { fromNumbers: ["+15551112222"], providerChain: ["first"] };
  await store.projects.create({ id: PROJECT_ID, name: "Shop", ...numbers, ...settings });
  const update = (changed: ProjectSettings) => store.projects.update(PROJECT_ID, changed);
  return { context, store, update };
}

async function held(
  context: TestContext,
  request: Partial<CallRequestInput> = {},
  projectId = PROJECT_ID,
) {
  const { _id } = await acceptCall(context, { projectId, request: aRequest(request) });
  const dispatch = () => dispatchAttempt(context, { projectId, callLogId: _id, attemptNumber: 1 });
  await dispatch();
  return { _id, dispatch, read: async () => (await context.calls.find(_id)) as CallRecord };
}

const idsOf = (dispatches: readonly DelayedDispatch[]) =>
  dispatches.map(({ attemptId }) => attemptId.slice(0, -2));

/** Runs what was put on the queue since a moment. */
async function runAdded(context: TestContext, from: number): Promise<void> {
  for (const { job } of context.dispatches.slice(from)) await dispatchAttempt(context, job);
}

describe("quiet hours", () => {
  test("hold a call, which says why and until when", async () => {
    const { context } = await realContext({ quietHours: NIGHT });
    const call = await held(context);
    expect(await call.read()).toMatchObject({
      status: "Scheduled",
      waitsFor: "quiet-hours",
      waitsUntil: MORNING,
      attempts: [{ dueAt: MORNING }],
    });
  });

  test("that are lifted let go of what they held, within a round", async () => {
    const { context, update } = await realContext({ quietHours: NIGHT });
    const call = await held(context);
    await update({ quietHours: null });
    const before = context.dispatches.length;
    expect(await recheckWaiting(context)).toBe(1);
    expect(context.dispatches.slice(before)).toMatchObject([
      { attemptId: `${call._id}-1`, delayMs: 0, isEarlier: true },
    ]);
    expect(await call.read()).toMatchObject({ status: "Queued", attempts: [{ dueAt: START }] });
    await runAdded(context, before);
    const dialled = await call.read();
    expect(dialled).toMatchObject({ status: "Dialing" });
    expect(dialled).not.toHaveProperty("waitsFor");
    expect(dialled).not.toHaveProperty("waitsUntil");
    expect(context.primary.orders).toHaveLength(1);
  });

  test("that are only moved hold it again, until they end now, and it is looked at no more than that", async () => {
    const { context, update } = await realContext({ quietHours: NIGHT });
    const call = await held(context);
    context.clock.advance(60);
    await update({ quietHours: { ...NIGHT, to: "06:00" } });
    context.clock.advance(10);
    const before = context.dispatches.length;
    await recheckWaiting(context);
    await runAdded(context, before);
    const until = new Date("2026-11-23T06:00:00.000Z");
    expect(await call.read()).toMatchObject({ status: "Scheduled", waitsUntil: until });
    expect(await recheckWaiting(context)).toBe(0);
    expect(context.primary.orders).toEqual([]);
  });

  test("leave no job of a held call in the queue, also none that came beside another", async () => {
    const { context, update } = await realContext({ quietHours: NIGHT });
    const call = await held(context);
    await update({ quietHours: null });
    await recheckWaiting(context);
    await update({ quietHours: NIGHT });
    expect(await call.dispatch()).toEqual({ kind: "done" });
    expect(await call.read()).toMatchObject({ waitsFor: "quiet-hours" });
    expect(await call.dispatch()).toEqual({ kind: "done" });
  });

  test("of another project hold its calls as before", async () => {
    const { context, store, update } = await realContext({ quietHours: NIGHT });
    await store.projects.create({
      id: OTHER_ID,
      name: "Other",
      fromNumbers: ["+15551113333"],
      quietHours: NIGHT,
    });
    const other = await held(context, {}, OTHER_ID);
    await update({ quietHours: null });
    expect(await recheckWaiting(context)).toBe(0);
    expect(await other.read()).toMatchObject({ status: "Scheduled", waitsUntil: MORNING });
  });
});

describe.each<[string, Partial<NewProject>, ProjectSettings]>([
  [
    "limits to one number",
    { calleeLimits: [{ calls: 1, seconds: 3600 }] },
    { calleeLimits: "off" },
  ],
  [
    "limits to one number, of a short wait",
    { calleeLimits: [{ calls: 1, seconds: 30 }] },
    { calleeLimits: null },
  ],
])("%s", (_what, settings, changed) => {
  test("that are lifted let go of what they held", async () => {
    const { context, update } = await realContext(settings);
    await held(context);
    const call = await held(context);
    expect(await call.read()).toMatchObject({ waitsFor: "callee-often" });
    await update(changed);
    const before = context.dispatches.length;
    expect(await recheckWaiting(context)).toBe(1);
    await runAdded(context, before);
    expect(await call.read()).toMatchObject({ status: "Dialing" });
  });
});

describe("a pause", () => {
  const pauses = (store: Awaited<ReturnType<typeof realContext>>["store"]) => ({
    "of the project": {
      waitsFor: "project-paused",
      pause: () => store.projects.pause(PROJECT_ID, "Drill"),
      resume: () => store.projects.resume(PROJECT_ID),
    },
    "of the project by an operator": {
      waitsFor: "project-paused",
      pause: () => store.projects.pauseByOperator(PROJECT_ID, "Drill"),
      resume: () => store.projects.resumeByOperator(PROJECT_ID),
    },
    "of the provider": {
      waitsFor: "provider-paused",
      pause: () => store.providerStates.pause("first", { by: "person", reason: "Drill" }),
      resume: () => store.providerStates.resume("first"),
    },
    "of the provider, left by a change of the chain": {
      waitsFor: "provider-paused",
      pause: () => store.providerStates.pause("first", { by: "person", reason: "Drill" }),
      resume: () => store.projects.update(PROJECT_ID, { providerChain: ["second"] }),
    },
  });

  test.each(Object.keys(pauses(undefined as never)) as (keyof ReturnType<typeof pauses>)[])(
    "%s that ends lets go of what it held, an emergency first",
    async (name) => {
      const { context, store } = await realContext();
      const { waitsFor, pause, resume } = pauses(store)[name];
      await pause();
      const calls = [
        await held(context, { priority: "low" }),
        await held(context),
        await held(context, { priority: "emergency" }),
      ];
      for (const call of calls)
        expect(await call.read()).toMatchObject({
          status: "Queued",
          statusMessage: expect.stringContaining("paused"),
          waitsFor,
          waitsUntil: secondsAfter(START, 15),
        });
      await resume();
      const before = context.dispatches.length;
      expect(await recheckWaiting(context)).toBe(3);
      const [low, normal, emergency] = calls.map(({ _id }) => _id);
      expect(idsOf(context.dispatches.slice(before))).toEqual([emergency, normal, low]);
      await runAdded(context, before);
      const orders = [...context.primary.orders, ...context.spare.orders];
      expect(orders).toHaveLength(3);
    },
  );

  test("holds its calls in the database, looked at again by waits that grow to ten minutes", async () => {
    const { context, store } = await realContext();
    await store.projects.pause(PROJECT_ID, "Drill");
    const call = await held(context);
    const waits: number[] = [];
    for (let look = 0; look < 8; look += 1) {
      const { wakeAt, waitsUntil } = await call.read();
      expect(wakeAt).toEqual(waitsUntil);
      waits.push((waitsUntil!.getTime() - context.now().getTime()) / 1000);
      context.clock.time = waitsUntil!;
      const before = context.dispatches.length;
      await sweep(context);
      expect(idsOf(context.dispatches.slice(before))).toEqual([call._id]);
      await runAdded(context, before);
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 600, 600]);
    expect(context.primary.orders).toEqual([]);
  });
});

describe("a crash", () => {
  test("between the change and the waking loses none: the mark is in the same write", async () => {
    const { context, store, update } = await realContext({ quietHours: NIGHT });
    const call = await held(context);
    await update({ quietHours: null });
    expect(await store.rechecks.open()).toMatchObject([
      { of: "project", _id: PROJECT_ID, reasons: ["quiet-hours"] },
    ]);
    // Nobody looks for a day; then the first round does.
    context.clock.advance(600);
    expect(await recheckWaiting(context)).toBe(1);
    expect(await call.read()).toMatchObject({ status: "Queued" });
    expect(await store.rechecks.open()).toEqual([]);
  });

  test("in the middle of the waking goes on where it was", async () => {
    const env = { SWEEP_BATCH: "2" };
    const { context, update } = await realContext({ quietHours: NIGHT }, { env });
    const ids: string[] = [];
    for (let one = 0; one < 7; one += 1) ids.push((await held(context))._id);
    await update({ quietHours: null });
    const { calls } = context;
    let rounds = 0;
    const failing = {
      ...context,
      calls: {
        ...context.calls,
        findHeld: async (search: HeldSearch) => {
          rounds += 1;
          if (rounds > 2) throw new Error("the database is away");
          return calls.findHeld(search);
        },
      },
    };
    const before = context.dispatches.length;
    await recheckWaiting(failing);
    expect(context.logged()).toContain("calls that may go on could not be looked at");
    expect(await recheckWaiting(context)).toBe(3);
    expect(idsOf(context.dispatches.slice(before)).toSorted()).toEqual(ids.toSorted());
  });

  test("of the queue leaves the calls due for the sweeper", async () => {
    const { context, update } = await realContext({ quietHours: NIGHT });
    const call = await held(context);
    await update({ quietHours: null });
    context.queue.isAway = true;
    await recheckWaiting(context);
    context.queue.isAway = false;
    context.clock.advance(30);
    const before = context.dispatches.length;
    await sweep(context);
    expect(idsOf(context.dispatches.slice(before))).toEqual([call._id]);
  });
});

test("what a gate held by what it knew before the change is found, though it says so after the first round", async () => {
  const { context, store, update } = await realContext({ quietHours: NIGHT });
  const known = await store.projects.find(PROJECT_ID);
  await update({ quietHours: null });
  expect(await recheckWaiting(context)).toBe(0);
  const stale = { ...context, projects: { find: async () => known } };
  context.clock.advance(2);
  const { _id } = await acceptCall(stale, { projectId: PROJECT_ID, request: aRequest() });
  await dispatchAttempt(stale, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
  expect(await context.calls.find(_id)).toMatchObject({ waitsFor: "quiet-hours" });
  context.clock.advance(5);
  expect(await recheckWaiting(context)).toBe(1);
  context.clock.advance(60);
  await recheckWaiting(context);
  expect(await store.rechecks.open()).toEqual([]);
});

test("two changes are both looked after, the later mark outlives the end of the first", async () => {
  const { context, store, update } = await realContext({ quietHours: NIGHT });
  await update({ quietHours: null });
  const [mark] = await store.rechecks.open();
  context.clock.advance(1);
  await update({ calleeLimits: "off" });
  await store.rechecks.close(mark!);
  expect(await store.rechecks.open()).toMatchObject([
    { reasons: ["quiet-hours", "callee-often"], at: secondsAfter(START, 1) },
  ]);
});

test("a change of what makes no call wait leaves no mark, and nobody reads one in a project", async () => {
  const { store, update } = await realContext({ quietHours: NIGHT });
  await update({ name: "Shop 2", allowedCountries: ["US"], budget: { prepaidUSD: "5" } });
  expect(await store.rechecks.open()).toEqual([]);
  expect(await update({ quietHours: null })).not.toHaveProperty("lookAgain");
  const found = [await store.projects.find(PROJECT_ID), ...(await store.projects.list())];
  for (const project of found) expect(project).not.toHaveProperty("lookAgain");
});
