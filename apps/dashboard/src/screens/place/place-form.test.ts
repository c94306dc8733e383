import { readFileSync } from "node:fs";

import { callRequest } from "@call-log/model";
import { expect, test } from "vitest";

import { EMPTY_FORM, orderOf, type PlaceForm, spokenSteps } from "./place-form.ts";
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
  expect(spokenSteps(EMPTY_FORM.steps)).toEqual([]);
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
