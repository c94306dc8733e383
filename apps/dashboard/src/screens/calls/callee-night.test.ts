import { expect, test } from "vitest";

import { nightIn } from "./callee-night.ts";

test.each([
  [["Europe/Berlin"], "2026-11-26T02:12:00Z", "all"],
  [["Europe/Berlin"], "2026-11-26T05:59:00Z", "all"],
  [["Europe/Berlin"], "2026-11-26T06:00:00Z", "none"],
  [["Europe/Berlin"], "2026-11-26T21:00:00Z", "all"],
  [["Asia/Tokyo", "Europe/Berlin"], "2026-11-26T02:12:00Z", "some"],
  [[], "2026-11-26T02:12:00Z", "none"],
] as const)("%j at %s: %s", (zones, now, expected) => {
  expect(nightIn(zones, new Date(now))).toBe(expected);
});
