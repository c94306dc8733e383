import { afterEach, expect, test } from "vitest";

import { exactMoney, moneyText } from "../components/money-text.ts";
import { ageText } from "../format/age.ts";
import { spanText } from "../format/span.ts";
import { clockTime, dayTime } from "../format/time.ts";
import { numberText } from "./local-format.ts";
import { speak } from "./translate.ts";

afterEach(() => speak("en", {}));

/** A time by the clock on the wall of the machine that runs the test. */
const at = (hour: number) => new Date(2026, 10, 24, hour, 12, 5).toISOString();

test("dates, numbers and money are written as in German", () => {
  speak("de", {});
  expect([dayTime(at(3)), clockTime(at(3)), spanText(at(3), at(4))]).toEqual([
    "24. Nov. 2026 03:12:05",
    "03:12:05",
    "24. Nov. 2026, 03:12–04:12",
  ]);
  expect(ageText(at(3), Date.parse(at(5)))).toBe("vor 2 Stunden");
  expect(numberText(12_345)).toBe("12.345");
  expect([moneyText(123_456), moneyText(0.1), exactMoney(0.49)]).toEqual([
    "1.234,56\u00A0$",
    "< 0,01\u00A0$",
    "0,0049\u00A0$",
  ]);
});

test("and again as in English", () => {
  expect([dayTime(at(3)), moneyText(123_456)]).toEqual(["24 Nov 2026 03:12:05", "$1,234.56"]);
});
