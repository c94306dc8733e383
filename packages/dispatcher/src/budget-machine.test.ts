import type { CallRecord, EventStatus, ProviderEvent } from "@call-log/model";
import { CallLogError, isFinalStatus } from "@call-log/model";
import type { BudgetStore } from "@call-log/store";
import { freshDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { assert, expect, test } from "vitest";

import { acceptCall } from "./accept/accept-call.ts";
import { cancelCall } from "./commands/cancel-call.ts";
import { dispatchAttempt } from "./dispatch/dispatch-attempt.ts";
import { settleBudgets } from "./maintenance/settle-budgets.ts";
import { sweep } from "./maintenance/sweep.ts";
import { recordEvent } from "./record/record-event.ts";
import { secondsBetween } from "./rules/seconds.ts";
import { aRequest, PROJECT_ID } from "./testing/a-call.ts";
import { useStoreContext } from "./testing/store-context.ts";
import type { TestContext } from "./testing/test-context.ts";

const newContext = useStoreContext(freshDatabase);

const RESERVED = 100_000;
const PAID_IN = 350_000;
const DAY_SECONDS = 86_400;
const project = { budget: { prepaidUSD: "0.35", reserveUSD: "0.10" } };

/** One thing that happens to one of the calls; the process that does it may die when it first changes the budget. */
interface Step {
  name: "dial" | "bind" | "end" | "price" | "cancel" | "pass" | "settle" | "delete";
  call: number;
  answer: "accepted" | "rejected" | "unknown";
  ending: EventStatus;
  /** At most what was set aside. */
  amount: string;
  seconds: number;
  death: "none" | "before" | "after";
}

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.constantFrom(
    "dial",
    "dial",
    "bind",
    "end",
    "price",
    "price",
    "cancel",
    "pass",
    "settle",
    "delete",
  ),
  call: fc.integer({ min: 0, max: 4 }),
  answer: fc.constantFrom("accepted", "accepted", "rejected", "unknown", "unknown"),
  ending: fc.constantFrom("completed", "completed", "busy"),
  amount: fc.constantFrom("-0.01192", "-0.10", "-0.0131", "0"),
  seconds: fc.constantFrom(30, 700, 4000, 90_000),
  death: fc.constantFrom("none", "none", "none", "before", "after"),
});

/** A budget store whose process dies at its first change. */
function dying(budgets: BudgetStore, death: Step["death"]): BudgetStore {
  if (death === "none") return budgets;
  const dies =
    <Given extends unknown[], Answer>(act: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      if (death === "after") await act(...given);
      throw new Error("killed");
    };
  return {
    ...budgets,
    reserve: dies((...given) => budgets.reserve(...given)),
    settle: dies((...given) => budgets.settle(...given)),
    recheck: dies((...given) => budgets.recheck(...given)),
  };
}

interface World {
  context: TestContext;
  calls: string[];
  /** Calls whose logs were deleted, as they were. */
  deleted: Map<string, CallRecord>;
  /** Calls that turned up, whose money may have been given back before. */
  turnedUp: number;
}

async function take(
  { context, calls, deleted, ...world }: World,
  given: Step,
): Promise<Partial<World>> {
  const callLogId = calls[given.call] ?? "";
  const record = await context.calls.find(callLogId);
  if (given.name === "pass") {
    context.clock.advance(given.seconds);
    await sweep(context);
  }
  if (given.name === "settle") await settleBudgets(context);
  if (record === undefined) return {};
  const attempt = record.attempts.at(-1)!;
  const origin = { attemptId: attempt._id, provider: "first", providerCallId: attempt._id };
  const say = (event: Pick<ProviderEvent, "status" | "price">) =>
    recordEvent(context, {
      ...origin,
      ...event,
      source: "callback",
      at: context.now().toISOString(),
    });
  switch (given.name) {
    case "dial": {
      const job = { projectId: PROJECT_ID, callLogId, attemptNumber: attempt.number };
      await dispatchAttempt(context, job);
      return {};
    }
    case "bind":
      if (attempt.state !== "unknown") return {};
      await say({ status: "accepted" });
      return { turnedUp: world.turnedUp + 1 };
    case "end":
      if (attempt.claimedAt !== undefined) await say({ status: given.ending });
      return {};
    case "price":
      if (attempt.state === "ended" && attempt.claimedAt !== undefined)
        await say({ status: "price", price: { amount: given.amount, currency: "USD" } });
      return {};
    case "cancel":
      await cancelCall(context, { projectId: PROJECT_ID, callLogId }).catch(refused);
      return {};
    case "delete":
      if (!isFinalStatus(record.status) || record.wakeAt !== undefined) return {};
      // A retention is a day at least.
      context.clock.advance(DAY_SECONDS);
      await settleBudgets(context);
      deleted.set(callLogId, record);
      return {};
    case "pass":
    case "settle":
      return {};
  }
}

function refused(error: unknown): void {
  if (!(error instanceof CallLogError)) throw error;
}

/** What the log says: what its calls cost, and for how many attempts a cost may still come. */
function expected(records: readonly CallRecord[], now: Date) {
  const attempts = records.flatMap((record) => record.attempts);
  const claimed = attempts.filter(({ claimedAt }) => claimedAt !== undefined);
  const open = claimed.filter(({ state, outcome, price, claimedAt }) => {
    if (state !== "unknown") return price === undefined || price.pricing === "pending";
    return outcome === undefined || secondsBetween(claimedAt!, now) < DAY_SECONDS;
  });
  const priced = claimed.filter((attempt) => !open.includes(attempt));
  const cost = priced.map(({ state, price, costInMicroUSD }) => {
    if (state === "unknown") return 0;
    return costInMicroUSD ?? (price?.pricing === "estimated" ? RESERVED : 0);
  });
  return { setAside: open.length * RESERVED, cost: cost.reduce((sum, one) => sum + one, 0) };
}

async function readAll({ context, calls, deleted }: World): Promise<CallRecord[]> {
  const found = await Promise.all(calls.map((id) => context.calls.find(id)));
  return [...found.filter((record) => record !== undefined), ...deleted.values()];
}

/** Look at everything until nothing changes, by a process that lives. */
async function settleAll(context: TestContext): Promise<void> {
  for (let looks = 0; looks < 3; looks += 1) {
    context.clock.advance(4 * DAY_SECONDS);
    await settleBudgets(context);
  }
}

test("after any history of calls, deaths and late facts a budget is what the log says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await newContext.empty();
      const context = newContext({ project });
      const alive = context.budgets;
      const calls: string[] = [];
      for (let call = 0; call < 5; call += 1) {
        const request = aRequest({ onUnknown: call % 2 === 0 ? "retry" : "hold" });
        calls.push((await acceptCall(context, { projectId: PROJECT_ID, request }))._id);
      }
      const deleted = new Map<string, CallRecord>();
      const present = context.calls;
      context.calls = {
        ...present,
        find: async (id, projectId) => (deleted.has(id) ? undefined : present.find(id, projectId)),
      };
      let world: World = { context, calls, deleted, turnedUp: 0 };
      for (const given of steps) {
        context.primary.answer = ({ attemptId: providerCallId }) => {
          if (given.answer === "unknown") return { kind: "unknown", reason: "HTTP 503" };
          if (given.answer === "accepted")
            return { kind: "accepted", providerCallId, status: "queued" };
          return { kind: "rejected", errorClass: "destination", errorMessage: "No" };
        };
        context.budgets = given.name === "delete" ? alive : dying(alive, given.death);
        const changed = await take(world, given).catch((error: unknown) => {
          if ((error as Error).message !== "killed") throw error;
          return {};
        });
        world = { ...world, ...changed };
        const { committed } = await alive.spending(PROJECT_ID);
        assert.isAtMost(committed.total, PAID_IN + world.turnedUp * RESERVED, "above the cap");
      }
      context.budgets = alive;
      // What still waits for its turn keeps what was set aside for it, until it is dialled or ends.
      for (const callLogId of calls)
        await cancelCall(context, { projectId: PROJECT_ID, callLogId }).catch(refused);
      await settleAll(context);
      const records = await readAll(world);
      const { setAside, cost } = expected(records, context.now());
      const spending = await alive.spending(PROJECT_ID);
      expect({ setAside: spending.setAside, total: spending.committed.total }).toEqual({
        setAside,
        total: setAside + cost,
      });
    }),
    { numRuns: databaseRuns(60) },
  );
});
