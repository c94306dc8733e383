import { newAlertSource } from "@call-log/model";
import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";

import { isPlaced, problemsAt, unplacedProblem } from "./field-problems.ts";

const checked = newAlertSource.safeParse({
  name: "",
  kind: "json",
  rule: { to: "123", text: "{{ oops }}", retry: { maxAttempts: 99 } },
}).error;

test("each problem stands at its own field", () => {
  const at = problemsAt(checked, undefined);
  expect(at("name")).toBeDefined();
  expect(at("rule.to")).toBeDefined();
  expect(at("rule.text")).toContain("there is no such placeholder");
  expect(at("rule.retry.maxAttempts")).toBeDefined();
  expect(at("rule")).toBeUndefined();
});

test("a refusal of the server stands at the field that it names, and at no field around it", () => {
  const refused = new TRPCClientError("rule.toByLabel.numbers.1.to: is on the do-not-call list");
  const at = problemsAt(undefined, refused);
  expect(at("rule.toByLabel.numbers.1.to")).toBe("is on the do-not-call list");
  expect(at("rule.toByLabel.numbers")).toBeUndefined();
  expect(isPlaced(refused, ["rule.to", "rule.toByLabel"])).toBe(true);
  expect(isPlaced(refused, ["rule.to", "name"])).toBe(false);
});

test("what belongs to no field of the form is said with its place", () => {
  expect(unplacedProblem(checked, ["name", "rule", "mapping"])).toBeUndefined();
  expect(unplacedProblem(checked, ["rule", "mapping"])).toMatch(/^name: /);
  expect(unplacedProblem(undefined, [])).toBeUndefined();
});
