import { PROBLEM_RULE_NAMES, shownProblem } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { type Facts, healthProblems, isHeld } from "./health-problems.ts";

const fine: Facts = {
  problems: [],
  redis: { isUp: true },
  hasWorkers: true,
  refused: { open: 0 },
};
const owner = ["read", "see-numbers", "dispatch", "administer"] as const;
const found = (rule: (typeof PROBLEM_RULE_NAMES)[number]) =>
  shownProblem({ id: rule, rule, text: "Text.", since: new Date("2026-11-26T03:12:00Z") });

test("nothing is wrong", () => {
  expect(healthProblems(fine, owner)).toEqual([]);
});

describe("what servers say at once", () => {
  test.each([
    [{ redis: { isUp: false }, hasWorkers: false }, ["redis"]],
    [{ hasWorkers: false }, ["workers"]],
    [{ refused: { open: 2, oldestAt: "2026-11-26T03:12:00Z" } }, ["refused"]],
  ])("%j", (facts, ids) => {
    expect(healthProblems({ ...fine, ...facts }, owner).map(({ id }) => id)).toEqual(ids);
  });

  test("is not said twice when a rule has found it, too", () => {
    const problems = [found("no-worker"), found("queue-requests-failed")];
    const facts = { ...fine, problems, hasWorkers: false, refused: { open: 1 } };
    expect(healthProblems(facts, owner).map(({ id }) => id)).toEqual([
      "no-worker",
      "queue-requests-failed",
    ]);
  });
});

test("the worst comes first", () => {
  const problems = [found("queue-growing"), found("call-stuck")];
  const facts = { ...fine, problems, refused: { open: 1 } };
  expect(healthProblems(facts, owner).map(({ severity }) => severity)).toEqual([
    "critical",
    "warning",
    "warning",
  ]);
});

test("the way to mend is for those with the right, and never to calls for operators", () => {
  const problems = PROBLEM_RULE_NAMES.map(found);
  const ways = (may: Parameters<typeof healthProblems>[1]) =>
    healthProblems({ ...fine, problems }, may).flatMap((one) => one.ways.map(({ href }) => href));
  expect(ways(owner)).toEqual(
    expect.arrayContaining(["/settings", "/refused", "/?status=Unknown"]),
  );
  expect(ways(["read"])).not.toContain("/settings");
  expect(ways(["operate"])).toEqual([]);
  for (const one of healthProblems({ ...fine, problems }, owner))
    expect(one.remedy.length + one.ways.length).toBeGreaterThan(0);
});

test.each([
  [{}, false],
  [{ isEveryProviderPaused: true }, true],
  [{ isEveryProviderPaused: false, paused: null, operatorPause: null }, false],
  [{ paused: { reason: "x" } }, true],
  [{ paused: null, operatorPause: { reason: "x" } }, true],
])("a pause in %j holds calls: %s", (status, held) => expect(isHeld(status)).toBe(held));
