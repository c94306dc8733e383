import { describe, expect, test } from "vitest";

import { addressList, addressRange } from "./address-range.ts";

test.each([
  "203.0.113.7",
  "203.0.113.0/24",
  "10.1.2.3/8",
  "0.0.0.0/0",
  "2001:db8::7",
  "2001:DB8::/32",
  "::1",
  "::/0",
])("%s is a range", (range) => {
  expect(addressRange.parse(range)).toBe(range);
});

test.each([
  "203.0.113",
  "203.0.113.0/33",
  "203.0.113.0/",
  "203.0.113.7:80",
  "0203.0.113.7",
  "2001:db8::/129",
  "fe80::1%eth0",
  "shop.example",
  "*",
  "",
  " 203.0.113.7",
  7,
  null,
])("%j is none", (range) => {
  expect(addressRange.safeParse(range).error?.issues[0]?.message).toMatch(
    /^must be an IP address or a range/,
  );
});

test.each(["::ffff:203.0.113.7", "0:0:0:0:0:FFFF:cb00:7107", "::ffff:203.0.113.0/120"])(
  "%s has to be written in its own form",
  (range) => {
    expect(addressRange.safeParse(range).error?.issues[0]?.message).toContain("its own form");
  },
);

describe("a list", () => {
  test("holds 1 to 50 of them", () => {
    const ranges = Array.from({ length: 51 }, (_, n) => `203.0.113.${n}`);
    expect(addressList.safeParse(ranges.slice(1)).success).toBe(true);
    expect(addressList.safeParse(ranges).success).toBe(false);
    expect(addressList.safeParse([]).success).toBe(false);
    expect(addressList.safeParse("203.0.113.7").success).toBe(false);
  });
});
