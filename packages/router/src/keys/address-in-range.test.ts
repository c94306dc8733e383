import { addressRange } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { isAddressIn, isRangeIn } from "./address-in-range.ts";

describe("any address and range", () => {
  test.each([
    ["IPv4", 32, ipv4],
    ["IPv6", 128, ipv6],
  ] as const)("%s: it is in the range when their first bits are the same", (_, width, textOf) => {
    const bits = fc.integer({ min: 0, max: width });
    const value = fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n });
    const flipped = fc.integer({ min: 0, max: width });
    fc.assert(
      fc.property(fc.record({ prefix: bits, base: value, other: value, flipped }), (any) => {
        const { prefix, base, other } = any;
        const range = `${textOf(base)}/${prefix}`;
        fc.pre(addressRange.safeParse(range).success);
        const shift = BigInt(width - prefix);
        // One that differs in a bit or in none, since random ones are hardly ever in the range.
        const near = any.flipped === width ? base : base ^ (1n << BigInt(any.flipped));
        for (const address of [near, other])
          expect(isAddressIn([range], textOf(address))).toBe(address >> shift === base >> shift);
        expect(isAddressIn([textOf(base)], textOf(near))).toBe(near === base);
      }),
      { numRuns: 500 },
    );
  });

  test("an IPv4 address counts the same in IPv6 form, and is in no IPv6 range", () => {
    const value = fc.bigInt({ min: 0n, max: 0xffffffffn });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 0, max: 32 }), (base, address, prefix) => {
        const ranges = [`${ipv4(base)}/${prefix}`];
        const plain = isAddressIn(ranges, ipv4(address));
        expect(isAddressIn(ranges, `::ffff:${ipv4(address)}`)).toBe(plain);
        for (const form of [ipv4(address), `::ffff:${ipv4(address)}`])
          expect(isAddressIn(["::/0"], form)).toBe(false);
      }),
    );
  });
});

test("a range is in one when all of its addresses are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), (outer, inner) => {
      const ranges = [`203.0.113.128/${24 + outer}`];
      const size = 2 ** (8 - inner);
      const first = 128 - (128 % size);
      const all = Array.from({ length: size }, (_, n) => `203.0.113.${first + n}`);
      const isEvery = all.every((address) => isAddressIn(ranges, address));
      expect(isRangeIn(ranges, `203.0.113.128/${24 + inner}`)).toBe(isEvery);
    }),
  );
  expect(isRangeIn(["203.0.113.0/24"], "203.0.113.7")).toBe(true);
  expect(isRangeIn(["203.0.113.7"], "203.0.113.0/24")).toBe(false);
  expect(isRangeIn(["0.0.0.0/0"], "2001:db8::/32")).toBe(false);
  expect(isRangeIn(["2001:db8::/32"], "2001:db8:1::/48")).toBe(true);
});

test("an address in one of several ranges is in them", () => {
  const ranges = ["203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "fe80::/10"];
  for (const inside of ["203.0.113.7", "10.255.0.1", "2001:DB8:1::1", "fe80::1%eth0"])
    expect(isAddressIn(ranges, inside)).toBe(true);
  for (const outside of ["203.0.113.8", "11.0.0.1", "2001:db9::1", "::1"])
    expect(isAddressIn(ranges, outside)).toBe(false);
});

test.each([undefined, "", "unknown", "203.0.113", "/tmp/socket"])(
  "%j is in no range",
  (address) => {
    expect(isAddressIn(["0.0.0.0/0", "::/0"], address)).toBe(false);
  },
);

function ipv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join(".");
}

function ipv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, n) => (value >> BigInt(112 - 16 * n)) & 0xffffn);
  return groups.map((group) => group.toString(16)).join(":");
}
