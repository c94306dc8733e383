import { afterAll, beforeAll, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "./testing/fresh-router.contract.ts";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

test("a budget shows its limits, what is spent or set aside, and what is left", async () => {
  const owner = await fresh.caller();
  expect(await owner.projects.budget()).toBeNull();
  await owner.projects.update({ budget: { perDayUSD: "5.00", prepaidUSD: "0.05" } });
  const of = (attemptId: string, micro: number) => ({
    projectId: fresh.projectId,
    attemptId,
    micro,
  });
  await fresh.store.budgets.reserve(of("a-1", 40_000), {});
  const [reservation] = await fresh.store.budgets.findDue(new Date("2100-01-01"), 1);
  const charge = { reservation: reservation!, target: { micro: 13_000, held: false } };
  await fresh.store.budgets.settle(fresh.projectId, [{ ...charge, checkAt: new Date() }]);
  await fresh.store.budgets.reserve(of("b-1", 40_000), {});
  const viewer = await fresh.caller({ permissions: ["Viewer"] });
  expect(await viewer.projects.budget()).toEqual({
    reserveUSD: "0.10",
    setAsideUSD: "0.04",
    day: { capUSD: "5.00", committedUSD: "0.053", leftUSD: "4.947" },
    month: null,
    prepaid: { capUSD: "0.05", committedUSD: "0.053", leftUSD: "-0.003" },
  });
});
