import { expect, test } from "vitest";

import { trustProxy } from "./trust-proxy.ts";

test("proxies are addresses, ranges and names of ranges, with commas", () => {
  expect(trustProxy.parse("10.0.0.0/8, ::1,loopback")).toEqual(["10.0.0.0/8", "::1", "loopback"]);
  expect(trustProxy.parse(undefined)).toBeUndefined();
});

test.each(["true", "1", "*", "proxy.shop.example", "10.0.0.0/8,", "10.0.0.0/33"])(
  "%s is none",
  (text) => {
    expect(trustProxy.safeParse(text).error?.issues[0]?.message).toMatch(/^must be IP addresses/);
  },
);
