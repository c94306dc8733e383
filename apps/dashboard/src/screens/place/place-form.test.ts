import { readFileSync } from "node:fs";

import { alertCallRule, callRequest } from "@call-log/model";
import { expect, test } from "vitest";

import {
  addStep,
  EMPTY_FORM,
  orderOf,
  type PlaceForm,
  spokenSteps,
  type StepDraft,
  withNumber,
  withSteps,
} from "./place-form.ts";
import { SCRIPTED_NUMBERS } from "./scripted-numbers.ts";

const form: PlaceForm = {
  ...EMPTY_FORM,
  toNumber: " +15550100100 ",
  steps: [
    { id: 0, kind: "say", text: "The database is down." },
    { id: 1, kind: "pause", seconds: 2 },
    { id: 2, kind: "gather", text: "Press 4.", thanks: "Thank you." },
  ],
  reachedWhen: "acknowledged",
  attempts: 2,
};

test("the server understands the form", () => {
  const order = callRequest.parse(orderOf(form));
  expect(order.toNumber).toBe("+15550100100");
  expect(order.retry).toMatchObject({ maxAttempts: 2, backoff: { delaySeconds: 60 } });
  expect(order.reachedWhen).toBe("acknowledged");
  expect(order.say.map((step) => Object.keys(step)[0])).toEqual(["say", "pause", "gather"]);
  expect(order).not.toHaveProperty("scheduledAt");
});

test("what may be left out is sent when it is given, times in UTC", () => {
  const scheduledAt = "2026-11-25T03:12";
  const order = orderOf({
    ...form,
    scheduledAt,
    timeZone: "Europe/Berlin",
    idempotencyKey: "page-1",
    sensitive: true,
  });
  expect(order).toMatchObject({
    scheduledAt: new Date(scheduledAt).toISOString(),
    timeZone: "Europe/Berlin",
    idempotencyKey: "page-1",
    sensitive: true,
  });
  expect(orderOf({ ...form, deadlineAt: "soon" }).deadlineAt).toBe("soon");
});

test("what can be heard is what the server understands, without steps that are still empty", () => {
  expect(spokenSteps(form.steps)).toEqual(callRequest.parse(orderOf(form)).say);
  expect(spokenSteps([{ id: 0, kind: "say", text: " " }, ...form.steps])).toHaveLength(3);
  expect(spokenSteps(EMPTY_FORM.steps)).toHaveLength(1);
});

test("the form begins as a call of an alert, and says how a request by the API begins", () => {
  const alert = alertCallRule.parse({ to: "+15550100100" });
  const begun = callRequest.parse(
    orderOf({ ...form, steps: EMPTY_FORM.steps.slice(1), attempts: EMPTY_FORM.attempts }),
  );
  expect(EMPTY_FORM.reachedWhen).toBe(alert.reachedWhen);
  expect(begun.retry).toEqual(alert.retry);
  expect(begun.say).toMatchObject([
    { gather: { say: alert.acknowledgePrompt, on: { [alert.acknowledgeDigit]: {} } } },
  ]);
  // The words above these fields are of these numbers.
  expect(alert.retry.maxAttempts).toBe(3);
  expect(callRequest.parse({ toNumber: "+15550100100", say: "x" })).toMatchObject({
    reachedWhen: "answered",
    retry: { maxAttempts: 1 },
  });
});

test("steps are added before the question, and what counts as reached follows the question", () => {
  const [text, question] = EMPTY_FORM.steps as [StepDraft, StepDraft];
  const pause: StepDraft = { id: 2, kind: "pause", seconds: 1 };
  expect(addStep([text, question], pause)).toEqual([text, pause, question]);
  expect(addStep([text], pause)).toEqual([text, pause]);
  expect(withSteps(EMPTY_FORM, [text])).toMatchObject({ reachedWhen: "human" });
  expect(
    withSteps({ ...EMPTY_FORM, steps: [text], reachedWhen: "human" }, [text, question]),
  ).toEqual({ steps: [text, question], reachedWhen: "acknowledged" });
  expect(withSteps({ ...EMPTY_FORM, reachedWhen: "human" }, [question])).toEqual({
    steps: [question],
  });
});

test("every scripted number has the name of its script", () => {
  const readme = readFileSync(
    new URL("../../../../../packages/provider/README.md", import.meta.url),
    "utf8",
  );
  for (const { number, script } of SCRIPTED_NUMBERS)
    expect(readme).toMatch(new RegExp(`\\| \`\\${number}\` \\| ${script} `));
});

test.each(SCRIPTED_NUMBERS)("$number can be called", ({ number }) => {
  expect(callRequest.safeParse({ toNumber: number, say: "x" }).success).toBe(true);
});

test.each([
  { named: null, drafted: "+15550100100", becomes: "+15550100100", attempts: 5 },
  { named: "+15550100100", drafted: "+15550100100", becomes: "+15550100100", attempts: 5 },
  { named: "+15550100110", drafted: "", becomes: "+15550100110", attempts: 5 },
  { named: "+15550100110", drafted: "+15550100100", becomes: "+15550100110", attempts: 3 },
])("an address names $named, the draft is for '$drafted'", ({ named, drafted, ...rest }) => {
  const form = withNumber({ ...EMPTY_FORM, toNumber: drafted, attempts: 5 }, named);
  expect(form).toMatchObject({ toNumber: rest.becomes, attempts: rest.attempts });
});
