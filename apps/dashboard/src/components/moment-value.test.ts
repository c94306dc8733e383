import { expect, test } from "vitest";

import { dayAndTime, isoOfValue, momentValue } from "./moment-value.ts";

test.each([
  ["", { day: "", time: "" }],
  ["2026-11-24", { day: "2026-11-24", time: "" }],
  ["2026-11-24T07:00", { day: "2026-11-24", time: "07:00" }],
  ["T7", { day: "", time: "7" }],
])("%j has its parts", (value, parts) => {
  expect(dayAndTime(value)).toEqual(parts);
  expect(momentValue(parts)).toBe(value);
});

test("a value is a moment by the browser's clock, in 24 hours", () => {
  const at = (local: string) => new Date(local).toISOString();
  expect(isoOfValue("2026-11-24T19:05")).toBe(at("2026-11-24T19:05"));
  expect(isoOfValue("2026-11-24T7:05")).toBe(at("2026-11-24T07:05"));
  expect(isoOfValue("2026-11-24")).toBe(at("2026-11-24T00:00"));
  expect(isoOfValue("2026-11-24T7 pm")).toBe("2026-11-24T7 pm");
  expect(isoOfValue("")).toBe("");
});
