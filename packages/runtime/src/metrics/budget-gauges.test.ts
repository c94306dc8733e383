import { budget } from "@call-log/model";
import { expect, test } from "vitest";

import { budgetsLeft } from "./budget-gauges.ts";

const spent = (day: number, month = day, total = month) => ({
  committed: { day, month, total },
  setAside: 0,
});

test("what is left of each limit, in dollars and as a share; negative where more was spent", () => {
  const given = {
    projectId: "p1",
    budget: budget.parse({ perDayUSD: "10", prepaidUSD: "100" }),
    spending: spent(12_000_000, 12_000_000, 25_000_000),
  };
  expect(budgetsLeft([given])).toEqual([
    { project: "p1", period: "day", leftUSD: -2, ratio: -0.2 },
    { project: "p1", period: "prepaid", leftUSD: 75, ratio: 0.75 },
  ]);
});

test("of many projects, the hundred with the smallest share left", () => {
  const many = Array.from({ length: 300 }, (_, index) => ({
    projectId: `p${index}`,
    budget: budget.parse({ perDayUSD: "300" }),
    spending: spent(index * 1_000_000),
  }));
  const shown = budgetsLeft(many);
  expect(shown.map(({ project }) => project)).toEqual(
    Array.from({ length: 100 }, (_, index) => `p${299 - index}`),
  );
});

test("a limit of nothing has nothing left", () => {
  const given = { projectId: "p1", budget: budget.parse({ perDayUSD: "0" }), spending: spent(0) };
  expect(budgetsLeft([given])).toEqual([{ project: "p1", period: "day", leftUSD: 0, ratio: 0 }]);
});
