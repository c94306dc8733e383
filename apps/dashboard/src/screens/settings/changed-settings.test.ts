import { expect, test } from "vitest";

import { changedSettings, filledAfter, settingText } from "./changed-settings.ts";
import type { Project } from "./project.ts";

const filled: Project = {
  _id: "p",
  name: "Shop",
  fromNumbers: ["+15551112222"],
  providerChain: [],
  quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" },
  createdAt: "2026-11-26T03:12:00.000Z",
} as unknown as Project;

test("only what was changed is sent, with what it was", () => {
  const wanted = { name: "Shop 2", fromNumbers: ["+15551112222"], retentionDays: null };
  expect(changedSettings(wanted, filled)).toEqual({ name: "Shop 2", was: { name: "Shop" } });
  const given = { retentionDays: 30, quietHours: null };
  expect(changedSettings(given, filled)).toEqual({
    ...given,
    was: { retentionDays: null, quietHours: filled.quietHours },
  });
});

test("nothing is sent when nothing was changed, whatever the order of an object's fields", () => {
  const { from, to, timeZone } = filled.quietHours!;
  expect(changedSettings({ name: "Shop", quietHours: { timeZone, to, from } }, filled)).toBe(
    undefined,
  );
});

test("what others have changed meanwhile stays what the form was filled with, so that it is not undone", () => {
  const after = { ...filled, name: "Shop 2", fromNumbers: ["+15550000000"] };
  const next = filledAfter(filled, { name: "Shop 2", was: { name: "Shop" } }, after);
  expect(next).toEqual({ ...filled, name: "Shop 2" });
});

test.each([
  ["quietHours", null, "none"],
  ["fromNumbers", [], "none"],
  ["allowedCountries", ["DE", "US"], "DE, US"],
  ["calleeLimits", [{ calls: 3, seconds: 900 }], "3 calls in 15 min"],
  ["calleeLimits", "off", "off"],
  ["retentionDays", 7, "7"],
  ["name", "", "none"],
] as const)("%s %j is %s", (name, value, text) => expect(settingText(name, value)).toBe(text));
