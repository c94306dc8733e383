import { expect, test } from "vitest";

import { calleeTime } from "./callee-time.ts";

const now = new Date("2026-11-25T03:12:00Z");

test.each([
  [["Europe/Berlin"], "Wed 04:12 (Europe/Berlin)"],
  [["Europe/Berlin", "Europe/Busingen"], "Wed 04:12 (Europe/Berlin)"],
  [
    ["America/New_York", "Pacific/Honolulu", "America/Chicago"],
    "between Tue 17:12 (Pacific/Honolulu) and Tue 22:12 (America/New_York)",
  ],
  [[], "unknown"],
])("%j", (zones, words) => {
  expect(calleeTime(zones, now)).toBe(words);
});
