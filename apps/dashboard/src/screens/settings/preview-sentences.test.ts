import { expect, test } from "vitest";

import { type Preview, previewedRules, previewSentences } from "./preview-sentences.ts";

const none = { count: 0, callLogIds: [], firstAt: null, lastAt: null };
const NONE = { quietHours: none, calleeLimits: none, allowedNumbers: none, budget: none };
const preview = (more: Partial<Preview>): Preview => ({
  calls: 1312,
  since: "2026-11-19T12:00:00.000Z",
  changed: NONE,
  saved: NONE,
  ...more,
});
const said = (more: Partial<Preview>) =>
  previewSentences(preview(more), { rules: ["quietHours"], since: "Thursday" });

test("a preview says how many calls would have waited, beside the saved settings", () => {
  const changed = { ...NONE, quietHours: { ...none, count: 14, callLogIds: ["a", "b"] } };
  expect(said({ changed })).toEqual([
    {
      text: "With this, 14 of the 1,312 calls since Thursday would have waited for the end of the quiet hours; none with the saved ones.",
      callLogIds: ["a", "b"],
    },
  ]);
});

test("it says so, too, when nothing changes and when there were no calls", () => {
  expect(said({})[0]?.text).toBe(
    "With this, none of the 1,312 calls since Thursday would have waited for the end of the quiet hours; as with the saved settings.",
  );
  expect(said({ calls: 0 })[0]?.text).toBe("No calls since Thursday to try this on.");
});

test("only the rules that a change concerns are spoken of", () => {
  expect(previewedRules({ blockedPrefixes: ["+1900"], quietHours: null })).toEqual([
    "quietHours",
    "allowedNumbers",
  ]);
  expect(previewedRules({ name: "Night", retentionDays: 7 })).toEqual([]);
});
