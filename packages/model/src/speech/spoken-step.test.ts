import { describe, expect, test } from "vitest";
import type { z } from "zod";

import { callRequest } from "../call/call-request.ts";
import { canAcknowledge, isAcknowledgement, say } from "./spoken-step.ts";

const STEPS = say.parse([
  { say: "The database is down." },
  { gather: { say: "Press 1 for English", on: { "1": {}, "4": {} } } },
  { gather: { say: "Press 4 to acknowledge", on: { "4": { acknowledge: true }, "9": {} } } },
]);

describe("digits acknowledge", () => {
  test.each([
    ["4", 2, true],
    ["9", 2, false],
    ["4", 1, false],
    ["4", undefined, false],
    ["4", 0, false],
    ["4", 7, false],
    ["constructor", 2, false],
  ])("%s at step %s: %s", (digits, step, acknowledges) => {
    expect(isAcknowledgement(STEPS, digits, step)).toBe(acknowledges);
  });
});

test("any of the questions may be the one that asks for an acknowledgement", () => {
  expect(canAcknowledge(STEPS)).toBe(true);
  expect(canAcknowledge(STEPS.slice(0, 2))).toBe(false);
  const request = { toNumber: "+15559998888", reachedWhen: "acknowledged" };
  expect(callRequest.safeParse({ ...request, say: STEPS }).success).toBe(true);
  expect(callRequest.safeParse({ ...request, say: STEPS.slice(0, 2) }).success).toBe(false);
});

// A union nests the issues of each of its options.
function pathsOf(issue: z.core.$ZodIssue, before: readonly PropertyKey[] = []): string[] {
  const path = [...before, ...issue.path];
  const inner = issue.code === "invalid_union" ? issue.errors.flat() : [];
  return [path.join("."), ...inner.flatMap((nested) => pathsOf(nested, path))];
}

test("a gather step has at most 100 branches", () => {
  const withBranches = (count: number) => {
    const on = Object.fromEntries(
      Array.from({ length: count }, (_, keys) => [`${keys}`.padStart(5, "0"), {}]),
    );
    return say.safeParse([{ gather: { say: "Press", digits: 5, on } }]);
  };
  expect(withBranches(100).success).toBe(true);
  expect(withBranches(101).success).toBe(false);
  expect(withBranches(10_000).success).toBe(false);
});

describe("a branch that can never match is refused", () => {
  const gather = (fields: object) => say.safeParse([{ gather: { say: "Press", ...fields } }]);

  test.each([
    [{ digits: 1, on: { "4": {}, "42": { acknowledge: true } } }, "on"],
    [{ digits: 4, on: { "12": {} } }, "on"],
    [{ on: { "44": {} } }, "on"],
    [{ on: { A: {} } }, "on.A"],
    [{ on: { "4": { acknowledge: true, repeat: true } } }, "on"],
    [{ on: { "4": {} }, onSilence: { repeat: 0 } }, "onSilence.repeat"],
    [{ on: { "4": {} }, onSilence: { repeat: 6 } }, "onSilence.repeat"],
    [{ on: { "4": {} }, otherwise: { repeat: true } }, "otherwise"],
  ])("%j: %s", (fields, path) => {
    const { error } = gather(fields);
    expect(error?.issues.map((issue) => pathsOf(issue)).join(" ")).toContain(`0.gather.${path}`);
  });

  test.each([
    { on: { "#": { acknowledge: true }, "*": { repeat: true } } },
    { digits: 3, on: { "4#*": {} }, onSilence: { repeat: 2 } },
  ])("%j is taken", (fields) => {
    expect(gather(fields).success).toBe(true);
  });

  test("in words that name the branch by its place, for its keys may be a PIN", () => {
    const { error } = gather({ digits: 4, on: { "1234": {}, "98765": {} } });
    const text = JSON.stringify(error?.issues);
    expect(text).toContain("branch 2 can never match: it has 5 keys");
    expect(text).not.toContain("98765");
  });
});
