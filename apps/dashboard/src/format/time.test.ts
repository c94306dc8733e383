import { expect, onTestFinished, test } from "vitest";

import { speak } from "../language/translate.ts";
import { dayTime, gap, lengthText } from "./time.ts";

test.each([
  [0.04, "0 s"],
  [0.44, "0.4 s"],
  [12.3, "12 s"],
  [60, "1 min"],
  [185, "3 min 5 s"],
  [7440, "2 h 4 min"],
  [266_400, "3 d 2 h"],
  [-5, "0 s"],
])("%d seconds are %s", (seconds, text) => {
  const from = "2026-11-24T03:12:00.000Z";
  expect(gap(from, new Date(Date.parse(from) + seconds * 1000).toISOString())).toBe(text);
});

test("figures and units keep their order in a line from right to left", () => {
  speak("ar-XB", {});
  onTestFinished(() => speak("en", {}));
  expect(lengthText(185)).toBe("\u{2066}3 min 5 s\u{2069}");
  expect(dayTime("2026-11-24T02:13:40.000Z")).toMatch(/^\u{2066}24 Nov 2026 .*\u{2069}$/u);
});
