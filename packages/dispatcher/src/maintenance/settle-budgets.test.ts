import type { Attempt, CallRecord } from "@call-log/model";
import type { BudgetStore, OpenReservation } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { recordEvent } from "../record/record-event.ts";
import { aRequest, PROJECT_ID, START } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import type { TestContext } from "../testing/test-context.ts";
import { settleBudgets } from "./settle-budgets.ts";

const newContext = useStoreContext(freshDatabase);

const project = { budget: { perDayUSD: "1000.00", reserveUSD: "0.10" } };
const RESERVED = 100_000;

/** A call whose first attempt was claimed, with something set aside for it, and then is as given. */
async function dialled(context: TestContext, attempt: Partial<Attempt>, call: Partial<CallRecord>) {
  const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request: aRequest() });
  const record = (await context.calls.find(_id))!;
  const [planned] = record.attempts;
  const reservation = { projectId: PROJECT_ID, attemptId: planned!._id, micro: RESERVED };
  await context.budgets.reserve(reservation, {});
  const claimed = { ...planned!, state: "accepted", claimedAt: context.now(), ...attempt } as const;
  await context.calls.replace({ ...record, ...call, attempts: [claimed] });
  return claimed;
}

async function rounds(context: TestContext, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    context.clock.advance(60);
    await settleBudgets(context);
  }
}

const PRICED: Partial<Attempt> = {
  state: "ended",
  outcome: "reached",
  price: { amount: "-0.01192", currency: "USD", pricing: "final" },
  costInMicroUSD: 11_920,
};

describe("a round of settlement", () => {
  test("does not stop at 200 calls that are held", async () => {
    const context = newContext({ project });
    for (let call = 0; call < 200; call += 1)
      await dialled(context, { state: "unknown" }, { status: "Unknown" });
    await dialled(context, PRICED, { status: "Completed" });
    await rounds(context, 5);
    expect(await context.budgets.spending(PROJECT_ID)).toMatchObject({
      setAside: 20_000_000,
      committed: { total: 20_011_920 },
    });
  });

  const lost: Partial<Attempt> = {
    state: "unknown",
    outcome: "lost",
    price: { amount: null, currency: null, pricing: "incomplete" },
  };

  /** The call of a lost attempt turns up, and has a price. */
  async function turnsUp(context: TestContext, { _id: attemptId }: Attempt, amount: string) {
    const event = { attemptId, provider: "first", providerCallId: "CA1", source: "poll" } as const;
    const at = context.now().toISOString();
    await recordEvent(context, { ...event, status: "bound", at });
    await recordEvent(context, { ...event, status: "completed", at });
    const price = { amount, currency: "USD" };
    await recordEvent(context, { ...event, status: "price", at, price });
  }

  test("charges a call that was lost and turns up", async () => {
    const context = newContext({ project });
    const attempt = await dialled(context, lost, { status: "Failed" });
    await rounds(context, 5);
    await turnsUp(context, attempt, "-0.50");
    await rounds(context, 1);
    expect(await context.budgets.spending(PROJECT_ID)).toEqual({
      setAside: 0,
      committed: { day: 500_000, month: 500_000, total: 500_000 },
    });
  });

  test("keeps a lost call's money aside for a day, gives it back, and charges it if it still turns up", async () => {
    const context = newContext({ project });
    const attempt = await dialled(context, lost, { status: "Failed" });
    await rounds(context, 60);
    const { budgets } = context;
    expect(await budgets.spending(PROJECT_ID)).toMatchObject({ setAside: RESERVED });
    context.clock.advance(86_400);
    await rounds(context, 1);
    expect(await budgets.spending(PROJECT_ID)).toMatchObject({
      setAside: 0,
      committed: { total: 0 },
    });
    await turnsUp(context, attempt, "-0.50");
    await settleBudgets(context);
    expect(await budgets.spending(PROJECT_ID)).toMatchObject({ committed: { total: 500_000 } });
  });

  test("charges a price that is corrected after all was settled, in the next round", async () => {
    const context = newContext({ project });
    const attempt = await dialled(
      context,
      { ...PRICED, providerCallId: "CA1" },
      { status: "Completed" },
    );
    await rounds(context, 2);
    context.clock.advance(5 * 86_400);
    const event = { attemptId: attempt._id, provider: "first", providerCallId: "CA1" } as const;
    const price = { amount: "-0.02", currency: "USD" };
    const at = context.now().toISOString();
    await recordEvent(context, { ...event, source: "callback", status: "price", at, price });
    await settleBudgets(context);
    expect(await context.budgets.spending(PROJECT_ID)).toMatchObject({
      committed: { day: 0, total: 20_000 },
    });
  });
});

describe("with a day's reservations due, one a second", () => {
  /** A store of reservations whose looks are only counted; every look puts the next one off. */
  function counted(due: Record<string, number>) {
    const looks: string[] = [];
    const left = new Map(Object.entries(due));
    const take = (projectId: string, limit: number): OpenReservation[] =>
      Array.from({ length: Math.min(limit, left.get(projectId) ?? 0) }, (_, index) => ({
        _id: `${projectId}${index}-1`,
        projectId,
        reserved: RESERVED,
        at: START,
        target: { revision: 1, micro: RESERVED, held: true },
        version: 1,
      }));
    const budgets: Partial<BudgetStore> = {
      // The backlog of the first project is the oldest.
      findDue: async (_now, limit, projectId) =>
        projectId === undefined
          ? [...left.keys()].flatMap((id) => take(id, limit)).slice(0, limit)
          : take(projectId, limit),
      async nextProject(after) {
        const projectId = [...left].find(([id, count]) => id > after && count > 0)?.[0];
        return projectId === undefined ? undefined : { projectId, at: START };
      },
      async settle(projectId, charges) {
        looks.push(...charges.map(() => projectId));
        left.set(projectId, (left.get(projectId) ?? 0) - charges.length);
      },
    };
    return { looks, budgets: budgets as BudgetStore };
  }

  test("a round looks at a thousand, and at every project's in turn", async () => {
    const { looks, budgets } = counted({ loud: 86_400, quiet: 3 });
    const context = newContext({ project });
    context.calls = { ...context.calls, find: async () => undefined };
    await settleBudgets({ ...context, budgets });
    expect(looks.indexOf("quiet")).toBe(50);
    expect(looks.filter((id) => id === "quiet")).toHaveLength(3);
    expect(looks.length).toBeLessThanOrEqual(1050);
  });
});
