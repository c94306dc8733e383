import type { CallRecord, ProviderEvent } from "@call-log/model";
import { ATTEMPT_STATES, isFinalStatus } from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";
import fc from "fast-check";
import { assert, expect, test } from "vitest";

import { acceptCall } from "./accept/accept-call.ts";
import { cancelCall } from "./commands/cancel-call.ts";
import { dispatchAttempt } from "./dispatch/dispatch-attempt.ts";
import { sweep } from "./maintenance/sweep.ts";
import { recordEvent } from "./record/record-event.ts";
import { isLive } from "./rules/attempts.ts";
import { nextRecordPoll } from "./rules/record-poll.ts";
import { countedAttempts } from "./rules/retry-policy.ts";
import { aRequest, ASKS_FOR_4, PROJECT_ID } from "./testing/a-call.ts";
import { createMemoryCalls } from "./testing/memory-calls.ts";
import type { ScriptedProvider } from "./testing/scripted-provider.ts";
import { createTestContext, type TestContext } from "./testing/test-context.ts";

/** What a provider does with an order; silently: the call is placed, but the answer is lost. */
type Answer = PlaceResult | "accept" | "accept silently";
type MemoryCalls = ReturnType<typeof createMemoryCalls>;

/** A dispatcher in memory, where anything may go wrong, and what was seen of it so far. */
interface World {
  context: TestContext;
  providers: ScriptedProvider[];
  /** Final statuses that were seen, by call log id. */
  ended: Map<string, string>;
  /** While true, the process is killed whenever it wants to write. */
  crashes: boolean;
  all: () => CallRecord[];
}

function createWorld(): World {
  const made: { calls?: MemoryCalls } = {};
  const context = createTestContext({ calls: (now) => (made.calls = createMemoryCalls(now)) });
  const calls = made.calls!;
  const providers = [context.primary, context.spare];
  const world: World = {
    context: {
      ...context,
      calls: {
        ...calls,
        replace: (record) =>
          world.crashes ? Promise.reject(new Error("killed")) : calls.replace(record),
      },
    },
    providers,
    ended: new Map(),
    crashes: false,
    all: () => calls.all(),
  };
  for (const primary of providers) answerWith(world, primary, "accept");
  return world;
}

function answerWith({ context }: World, primary: ScriptedProvider, wanted: Answer): void {
  primary.answer = ({ attemptId, toNumber, fromNumber }) => {
    if (typeof wanted !== "string") return wanted;
    const providerCallId = `${primary.name}-${attemptId}`;
    const numbers = { toNumber, fromNumber, createdAt: context.now() };
    primary.calls.set(providerCallId, { ...numbers, providerCallId, attemptId, status: "queued" });
    if (wanted === "accept") return { kind: "accepted", providerCallId, status: "queued" };
    return { kind: "unknown", reason: "reset after sending" };
  };
}

/** What must hold at any moment. */
function check(world: World): void {
  const dialled = world.providers.flatMap(({ orders }) => orders.map(({ attemptId }) => attemptId));
  assert.equal(new Set(dialled).size, dialled.length, "an attempt was dialled twice");
  for (const record of world.all()) checkRecord(world, record);
}

function checkRecord({ ended, context }: World, record: CallRecord): void {
  const { _id, status, attempts, plan, wakeAt } = record;
  const isFinal = isFinalStatus(status);
  if (isFinal) ended.set(_id, ended.get(_id) ?? status);
  assert.equal(status, ended.get(_id) ?? status, "a final status was left");
  const planned = attempts.filter(({ state }) => state === "planned");
  assert.isAtMost(planned.length, isFinal ? 0 : 1, "too many planned attempts");
  assert.isAtMost(countedAttempts(record), plan.retry.maxAttempts, "too many attempts");
  const awaited = attempts.some(
    (one) =>
      isLive(one) ||
      one.price?.pricing === "pending" ||
      one.state === "unknown" ||
      nextRecordPoll(record, one, context.settings) !== undefined,
  );
  if (!isFinal) assert.isDefined(wakeAt, "an open call has no wake time");
  else if (!awaited) assert.isUndefined(wakeAt, "a call that is over has a wake time");
  const micro = attempts.reduce((sum, { costInMicroUSD = 0 }) => sum + costInMicroUSD, 0);
  assert.equal(record.callCostInUSDCents, micro / 10_000, "the cost is not the sum");
  for (const { state, outcome } of attempts)
    assert.equal(
      outcome !== undefined || !ATTEMPT_STATES[state].ended,
      true,
      "an end without outcome",
    );
}

type Step = (world: World) => Promise<unknown> | void;

const nth = <T>(list: readonly T[], index: number): T | undefined =>
  list[index % (list.length || 1)];
const settle = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    () => undefined,
  );

const accept = fc
  .record({
    maxAttempts: fc.integer({ min: 1, max: 5 }),
    delaySeconds: fc.constantFrom(0, 30, 600),
    reachedWhen: fc.constantFrom("answered" as const, "human" as const, "acknowledged" as const),
    onUnknown: fc.constantFrom("hold" as const, "retry" as const),
    deadlineSeconds: fc.constantFrom(undefined, undefined, 100, 5000),
    scheduledSeconds: fc.constantFrom(undefined, 50, 3000),
    sensitive: fc.boolean(),
  })
  .map((wanted): Step => async ({ context, all }) => {
    if (all().length >= 3) return;
    const { maxAttempts, delaySeconds, deadlineSeconds, scheduledSeconds, ...rest } = wanted;
    const at = (seconds: number) =>
      new Date(context.now().getTime() + seconds * 1000).toISOString();
    const scheduled = scheduledSeconds !== undefined && { scheduledAt: at(scheduledSeconds) };
    const after = (scheduledSeconds ?? 0) + (deadlineSeconds ?? 0);
    const request = aRequest({
      ...rest,
      ...scheduled,
      ...(deadlineSeconds !== undefined && { deadlineAt: at(after) }),
      say: ASKS_FOR_4,
      retry: { maxAttempts, backoff: { delaySeconds } },
    });
    await acceptCall(context, { projectId: PROJECT_ID, request });
  });

const runJob = fc.tuple(fc.nat(20), fc.boolean()).map(([index, twice]): Step => async (world) => {
  const dispatch = nth(world.context.dispatches.slice(-4), index);
  if (dispatch === undefined) return;
  const run = () => settle(dispatchAttempt(world.context, dispatch.job));
  await Promise.all(twice ? [run(), run()] : [run()]);
});

const answers: Record<string, Answer> = {
  accept: "accept",
  silent: "accept silently",
  unknown: { kind: "unknown", reason: "HTTP 503" },
  throttled: { kind: "rejected", errorClass: "throttled", errorMessage: "429" },
  account: { kind: "rejected", errorClass: "account", errorMessage: "401" },
  fromNumber: { kind: "rejected", errorClass: "fromNumber", errorMessage: "21210" },
  defect: { kind: "rejected", errorClass: "defect", errorMessage: "Ours" },
  destination: { kind: "rejected", errorClass: "destination", errorMessage: "No" },
};

const answer = fc.tuple(fc.constantFrom(...Object.keys(answers)), fc.nat(1)).map(
  ([name, which]): Step =>
    (world) =>
      answerWith(world, world.providers[which]!, answers[name]!),
);

const happens = fc
  .record({
    index: fc.nat(20),
    status: fc.constantFrom<ProviderEvent["status"]>(
      "initiated",
      "ringing",
      "in-progress",
      "completed",
      "busy",
      "no-answer",
      "declined",
      "failed",
    ),
    told: fc.boolean(),
    sequence: fc.option(fc.nat(6), { nil: undefined }),
  })
  .map(({ index, status, told, sequence }): Step => async ({ context, providers }) => {
    const known = providers.flatMap((primary) =>
      [...primary.calls.values()].map((call) => ({ primary, call })),
    );
    const one = nth(known, index);
    if (one === undefined) return;
    const { primary, call } = one;
    primary.calls.set(call.providerCallId, { ...call, status });
    if (!told) return;
    await settle(
      recordEvent(context, {
        attemptId: call.attemptId!,
        provider: primary.name,
        providerCallId: call.providerCallId,
        source: "callback",
        status,
        at: context.now().toISOString(),
        ...(sequence !== undefined && { sequence }),
      }),
    );
  });

const cancel = fc.nat(10).map((index): Step => async ({ context, all }) => {
  const record = nth(all(), index);
  if (record) await settle(cancelCall(context, { projectId: PROJECT_ID, callLogId: record._id }));
});

const step: fc.Arbitrary<Step> = fc.oneof(
  accept,
  runJob,
  runJob,
  runJob,
  answer,
  happens,
  happens,
  happens,
  happens,
  cancel,
  fc.constantFrom(1, 5, 40, 200, 4000).map(
    (seconds): Step =>
      ({ context }) =>
        context.clock.advance(seconds),
  ),
  fc.constant<Step>(({ context }) => sweep(context)),
  fc.boolean().map(
    (away): Step =>
      ({ providers }) =>
        providers.forEach((p) => void (p.isAway = away)),
  ),
  fc.boolean().map(
    (away): Step =>
      ({ context }) =>
        void (context.queue.isAway = away),
  ),
  fc.boolean().map(
    (crashes): Step =>
      (world) =>
        void (world.crashes = crashes),
  ),
  fc.constant<Step>(({ context }) => void context.dispatches.splice(0)),
);

/** Everything works again; time passes, and every call at the providers comes to its end. */
async function heal(world: World, ending: "completed" | "busy"): Promise<void> {
  const { context, providers } = world;
  world.crashes = false;
  context.queue.isAway = false;
  for (const primary of providers) {
    primary.isAway = false;
    answerWith(world, primary, "accept");
  }
  for (let round = 0; round < 90; round += 1) {
    for (const primary of providers)
      for (const [id, call] of primary.calls)
        primary.calls.set(id, {
          ...call,
          status: ending,
          price: { amount: "-0.5", currency: "USD" },
        });
    context.clock.advance(round < 20 ? 10 : 1800);
    await sweep(context);
    for (const { job } of context.dispatches.splice(0)) await dispatchAttempt(context, job);
    check(world);
  }
}

test("whatever goes wrong, nothing is dialled twice, nothing final changes, and in the end nothing is stuck", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 80 }),
      fc.constantFrom("completed" as const, "busy" as const),
      async (steps, ending) => {
        const world = createWorld();
        await acceptCall(world.context, {
          projectId: PROJECT_ID,
          request: aRequest({ say: ASKS_FOR_4 }),
        });
        for (const one of steps) {
          await settle(Promise.resolve(one(world)));
          check(world);
        }
        await heal(world, ending);
        for (const { status, plan, wakeAt, pricing, attempts } of world.all()) {
          const isSure = attempts.every(({ outcome }) => outcome !== "lost");
          const isOver = isFinalStatus(status) && wakeAt === undefined;
          expect([isOver, pricing, plan.onUnknown]).toEqual(
            status === "Unknown"
              ? [false, "incomplete", "hold"]
              : [true, isSure ? "final" : "incomplete", plan.onUnknown],
          );
        }
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);
