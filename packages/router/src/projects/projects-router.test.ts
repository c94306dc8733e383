import type { CallLogError } from "@call-log/model";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

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

test("a stale change of settings is refused with what they are now, which is no part of the text", async () => {
  const owner = await fresh.caller();
  const number = "+15551112222";
  await owner.projects.update({ fromNumbers: [number] });
  const stale = owner.projects.update({ fromNumbers: [], was: { fromNumbers: ["+15550000000"] } });
  await stale.then(
    () => expect.unreachable(),
    ({ code, message, cause }: { code: string; message: string; cause: CallLogError }) => {
      expect(code).toBe("CONFLICT");
      expect(message).not.toContain(number);
      expect(cause.present).toEqual({ fromNumbers: [number] });
    },
  );
  const operator = await fresh.caller({ permissions: ["Operator"] });
  const settings = { fromNumbers: [], was: { fromNumbers: [] } };
  await expect(
    operator.operator.projects.update({ id: fresh.projectId, settings }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(owner.projects.update({ name: "X", was: { colour: 1 } as object })).rejects.toThrow(
    "was",
  );
});
