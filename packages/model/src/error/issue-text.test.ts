import { expect, test } from "vitest";
import { z } from "zod";

import { callRequest } from "../call/call-request.ts";
import { issueText } from "./issue-text.ts";

function textFor(input: unknown): string {
  const parsed = callRequest.safeParse(input);
  if (parsed.success) throw new Error("the input was meant to be refused");
  return issueText(parsed.error);
}

const toNumber = "+15559998888";

test.each([
  ["a missing field", {}, /^toNumber: must be a phone number/],
  [
    "an unknown field",
    { toNumber, say: "x", sey: "y" },
    /^input: there is no "sey"; allowed: toNumber, /,
  ],
  ["no country code", { toNumber: "555", say: "x" }, /^toNumber: .*country code/],
  ["a text of blanks", { toNumber, say: " " }, /^say: must have something that can be said/],
  ["a step of no known kind", { toNumber, say: [{ sya: "x" }] }, /^say\.0: must be \{"say": …\}/],
  [
    "a step with a wrong value",
    { toNumber, say: [{ pause: "x" }] },
    /^say\.0\.pause: must be a number/,
  ],
  [
    "a problem deep in a gather step",
    { toNumber, say: [{ gather: { say: "Press", on: { x: {} } } }] },
    /^say\.0\.gather\.on\.x: /,
  ],
  [
    "an acknowledgement that nothing can give",
    { toNumber, say: "x", reachedWhen: "acknowledged" },
    /^reachedWhen: .*gather/,
  ],
])("names the place of %s", (_case, input, expected) => {
  expect(textFor(input)).toMatch(expected);
});

test("starts with the root that it is given", () => {
  const { error } = z.object({ a: z.string() }).safeParse({ a: 1 });
  expect(issueText(error!, "job")).toMatch(/^job\.a: /);
});
