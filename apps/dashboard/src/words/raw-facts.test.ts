import { expect, test } from "vitest";

import { rawFacts } from "./raw-facts.ts";

test("every recorded value is a fact of its own, by its path; none is shown as code", () => {
  const numbers = [{ is: "db", to: "+12025550199" }];
  const changes = [
    {
      field: "rule",
      from: { text: "Down", retry: { maxAttempts: 3, on: ["busy", "failed"] } },
      to: { text: "Down", retry: { maxAttempts: 5, on: ["busy"] }, toByLabel: { numbers } },
    },
    { field: "calleeLimits", from: "off", to: [{ calls: 3, seconds: 900 }] },
    { field: "retentionDays", to: 30 },
    { field: "enabled", from: true, to: false },
    { field: "fromNumbers", from: ["+1555"], to: [] },
  ];
  const facts = { imported: 3, only: ["a", "b"] };
  expect(rawFacts({ changes, facts }).map((fact) => fact.join(": "))).toEqual([
    "rule.retry.maxAttempts: 3 → 5",
    "rule.retry.on: busy, failed → busy",
    "rule.toByLabel.numbers.0.is: – → db",
    "rule.toByLabel.numbers.0.to: – → +12025550199",
    "calleeLimits: off → –",
    "calleeLimits.0.calls: – → 3",
    "calleeLimits.0.seconds: – → 900",
    "retentionDays: – → 30",
    "enabled: true → false",
    "fromNumbers: +1555 → –",
    "imported: 3",
    "only: a, b",
  ]);
});
