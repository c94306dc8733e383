import { capsOf } from "@call-log/model";
import type { ProjectBudget } from "@call-log/store";

import { MAX_PROJECTS } from "./metric-labels.ts";

/** What is left of one limit of a budget. */
export interface BudgetLeft {
  project: string;
  period: "day" | "month" | "prepaid";
  leftUSD: number;
  /** Share of the limit that is left; below 0 where more was spent. */
  ratio: number;
}

const MICRO = 1_000_000;

/** What is left of the budgets of the projects with the smallest share left, at most 100 of them. */
export function budgetsLeft(budgets: readonly ProjectBudget[]): BudgetLeft[] {
  return budgets
    .map((one) => limitsOf(one))
    .filter((limits) => limits.length > 0)
    .toSorted((a, b) => leastOf(a) - leastOf(b))
    .slice(0, MAX_PROJECTS)
    .flat();
}

function limitsOf({ projectId: project, budget, spending }: ProjectBudget): BudgetLeft[] {
  const { day, month, total } = capsOf(budget);
  const { committed } = spending;
  const limits = [
    ["day", day, committed.day],
    ["month", month, committed.month],
    ["prepaid", total, committed.total],
  ] as const;
  return limits.flatMap(([period, cap, spent]) => {
    if (cap === undefined) return [];
    const left = cap - spent;
    return [{ project, period, leftUSD: left / MICRO, ratio: cap === 0 ? 0 : left / cap }];
  });
}

function leastOf(limits: readonly BudgetLeft[]): number {
  return Math.min(...limits.map(({ ratio }) => ratio));
}
