import { expect, test } from "vitest";

import { zonesOfNumber } from "./callee-zones.ts";

test("a number of one country is in its zones", () => {
  expect(zonesOfNumber("+4930123456")).toContain("Europe/Berlin");
  expect(zonesOfNumber("+4930123456").length).toBeLessThan(4);
});

test("a number whose country its code does not tell may be in any zone of those that share it", () => {
  const zones = zonesOfNumber("+15550100100");
  expect(zones).toEqual(expect.arrayContaining(["America/New_York", "Pacific/Honolulu"]));
  expect(new Set(zones).size).toBe(zones.length);
});

test("of a number that no plan knows nothing is said", () => {
  expect(zonesOfNumber("+999123456")).toEqual([]);
});
