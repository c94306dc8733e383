import { capsOf, microOf, usdOf } from "@call-log/model";

import type { Gate } from "../gate.ts";

/** Reserves what an attempt may cost before it is dialled; the call ends when that exceeds the budget. */
export const withinBudget: Gate = async ({ budgets }, { attempt, project }) => {
  const { _id: projectId, budget } = project;
  if (budget === undefined) return { kind: "open" };
  const caps = capsOf(budget);
  const micro = microOf(budget.reserveUSD);
  const answer = await budgets.reserve({ projectId, attemptId: attempt._id, micro }, caps);
  if (answer.ok) return { kind: "open" };
  const { day, month, total } = answer.committed;
  const lines = [
    describe("today's limit", caps.day, day),
    describe("this month's limit", caps.month, month),
    describe("what was paid in", caps.total, total),
  ];
  const message = `Not dialled: ${usdOf(micro)} USD do not fit; ${lines.flatMap((line) => line ?? []).join(", ")}`;
  return { kind: "refused", status: "Low Balance", message };
};

function describe(name: string, cap: number | undefined, committed: number): string | undefined {
  return cap === undefined
    ? undefined
    : `${usdOf(committed)} of ${name}, ${usdOf(cap)} USD, are spent or set aside`;
}
