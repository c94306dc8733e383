import { expect, test } from "vitest";

import { shortZoneText, zoneText } from "./zone.ts";

const winter = new Date("2026-11-24T03:12:00Z");
const summer = new Date("2026-07-24T03:12:00Z");

test.each([
  ["Europe/Berlin", winter, "Europe/Berlin (UTC+1)"],
  ["Europe/Berlin", summer, "Europe/Berlin (UTC+2)"],
  ["Asia/Kolkata", winter, "Asia/Kolkata (UTC+5:30)"],
  ["UTC", winter, "UTC"],
])("%s at %s", (zone, at, text) => {
  expect(zoneText(zone, at)).toBe(text);
});

test.each([
  ["Europe/Berlin", "Berlin (UTC+1)"],
  ["America/New_York", "New York (UTC-5)"],
  ["UTC", "UTC"],
])("%s in little room", (zone, text) => {
  expect(shortZoneText(zone, winter)).toBe(text);
});
