import { expect, test } from "vitest";

import { countsText, sourceState } from "./source-state.ts";

const [EARLIER, AT] = ["2026-11-26T03:11:00.000Z", "2026-11-26T03:12:00.000Z"];
const NONE = { called: 0, repeated: 0, canceled: 0, ignored: 0, refused: 0 };
const last = { at: AT, status: 200, counts: NONE };
const refusal = (at: string) => ({ at, status: 200, reason: "toNumber: is blocked" });

test.each([
  ["silent", { enabled: true }],
  ["on", { enabled: true, lastDelivery: last }],
  ["on", { enabled: true, lastDelivery: last, lastRefusal: refusal(EARLIER) }],
  ["refused", { enabled: true, lastDelivery: last, lastRefusal: refusal(AT) }],
  ["paused", { enabled: false, lastDelivery: last, lastRefusal: refusal(AT) }],
] as const)("%s: %j", (state, source) => {
  expect(sourceState(source)).toBe(state);
});

test("counts are words, without those that are none", () => {
  expect(countsText({ ...NONE, called: 2, repeated: 1200, refused: 1 })).toBe(
    "2 called, 1,200 called before, 1 refused",
  );
  expect(countsText(NONE)).toBe("no alerts");
});
