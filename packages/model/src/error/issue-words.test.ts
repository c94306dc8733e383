import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";

import { callRequest } from "../call/call-request.ts";
import { callResolution } from "../call/call-resolution.ts";
import { newProject, projectSettings } from "../project/project.ts";
import { listInput } from "../query/inputs/list-input.ts";
import { issueText } from "./issue-text.ts";

const REQUEST = { toNumber: "+15559998888", say: "Down" };

function textFor(schema: z.ZodType, input: unknown): string {
  const { error } = schema.safeParse(input);
  if (error === undefined) throw new Error("the input was meant to be refused");
  return issueText(error);
}

describe("what is wrong is said in our words", () => {
  test.each([
    [{ retry: { maxAttempts: 21 } }, "retry.maxAttempts: must be a whole number from 1 to 20"],
    [{ retry: { maxAttempts: 0 } }, "retry.maxAttempts: must be a whole number from 1 to 20"],
    [{ retry: { maxAttempts: 1.5 } }, "retry.maxAttempts: must be a whole number from 1 to 20"],
    [{ retry: { maxAttempts: "3" } }, "retry.maxAttempts: must be a whole number from 1 to 20"],
    [
      { retry: { backoff: { delaySeconds: -1 } } },
      "retry.backoff.delaySeconds: must be a number from 0 to 86400",
    ],
    [
      { retry: { backoff: { type: "x" } } },
      "retry.backoff.type: must be one of: fixed, exponential",
    ],
    [{ retry: [] }, "retry: must be an object"],
    [{ retry: { on: "busy" } }, "retry.on: must be a list"],
    [{ reachedWhen: "x" }, "reachedWhen: must be one of: answered, human, acknowledged"],
    [{ sensitive: "yes" }, "sensitive: must be true or false"],
    [{ timeLimitSeconds: 4 }, "timeLimitSeconds: must be a whole number from 5 to 14400"],
    [{ ringTimeoutSeconds: 601 }, "ringTimeoutSeconds: must be a whole number from 5 to 600"],
    [{ timeZone: 7 }, "timeZone: must be text"],
    [{ timeZone: "x".repeat(65) }, "timeZone: must have at most 64 characters"],
  ])("%j", (input, text) => {
    expect(textFor(callRequest, { ...REQUEST, ...input })).toBe(text);
  });

  test.each([
    [z.string().min(1), "", "must not be empty"],
    [z.string().min(2), "", "must have at least 2 characters"],
    [z.array(z.string()).min(1), [], "must have at least 1 entry"],
    [z.array(z.string()).max(1), ["a", "b"], "must have at most 1 entry"],
    [z.number().positive(), 0, "must be more than 0"],
    [z.number().lt(3), 3, "must be less than 3"],
    [z.number().min(3), 2, "must be at least 3"],
    [z.number().multipleOf(5), 7, "must be a multiple of 5"],
    [z.literal("placed"), "x", "must be placed"],
    [z.uuid(), "x", "must be a UUID"],
    [z.string().regex(/^a$/), "b", "is not of the form that is allowed here"],
    [z.strictObject({}), { sey: 1 }, 'there is no "sey"'],
    [z.strictObject({ as: z.enum(["a", "b"]) }), {}, "as: must be one of: a, b"],
    [z.string({ error: "must be a key" }), 7, "must be a key"],
  ])("%#: %j", (schema, input, text) => {
    expect(textFor(schema, input)).toContain(text);
  });
});

/** How zod's own words begin or go on. */
const ZODS =
  /Invalid (input|option|key|value|element|string|number|URL|UUID|ISO)|Too (big|small)|Unrecognized|, received /;

test("whatever is sent, no words of the validator get through", () => {
  const schemas = { callRequest, newProject, projectSettings, listInput, callResolution };
  const names = [
    ...Object.keys(callRequest.shape),
    ...Object.keys(newProject.shape),
    "query",
    "as",
  ];
  const input = fc.dictionary(
    fc.oneof(fc.constantFrom(...names), fc.string()),
    fc.jsonValue({ maxDepth: 3 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(schemas)), input, (schema: z.ZodType, value) => {
      const issues = schema.safeParse(value).error?.issues ?? [];
      for (const { message } of issues) expect(message).not.toMatch(ZODS);
    }),
    { numRuns: 2000 },
  );
});
