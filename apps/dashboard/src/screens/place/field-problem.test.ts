import { callRequest, issueText } from "@call-log/model";
import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";

import { fieldProblem } from "./field-problem.ts";
import { EMPTY_FORM, orderOf, type PlaceForm } from "./place-form.ts";

const good: PlaceForm = {
  ...EMPTY_FORM,
  toNumber: "+15550100100",
  steps: [{ id: 0, kind: "say", text: "Hello" }],
};

/** What the form shows at a field after the server's answer to this form. */
function shown(changes: Partial<PlaceForm>, place: string): string | undefined {
  const { error } = callRequest.safeParse(orderOf({ ...good, ...changes }));
  return fieldProblem(new TRPCClientError(error ? issueText(error) : ""), place);
}

test.each<[Partial<PlaceForm>, string, RegExp]>([
  [{ toNumber: "12" }, "toNumber", /^This must be .*\.$/],
  [{ steps: [{ id: 0, kind: "say", text: "" }] }, "say.0", /^Write what the call says\.$/],
  [
    { steps: [{ id: 0, kind: "pause", seconds: 99 }] },
    "say.0",
    /^This must be at most 60 seconds\.$/,
  ],
  [{ attempts: 21 }, "retry.maxAttempts", /^This must be a whole number from 1 to 20\.$/],
  [{ delaySeconds: -1 }, "retry.backoff", /^This must be a number from 0 to 86400\.$/],
  [{ reachedWhen: "acknowledged" }, "reachedWhen", /^Add a question first/],
  [
    { scheduledAt: "2026-11-26T03:00", deadlineAt: "2026-11-26T02:00" },
    "deadlineAt",
    /^This must be after “Not before”\.$/,
  ],
  [{ timeZone: "Berlin" }, "timeZone", /^This must be .*\.$/],
])("%j is said at %s", (changes, place, words) => {
  expect(shown(changes, place)).toMatch(words);
});

test("a problem of another field is not shown here", () => {
  expect(shown({ attempts: 21 }, "toNumber")).toBeUndefined();
  expect(fieldProblem(new Error("toNumber: x"), "toNumber")).toBeUndefined();
});
