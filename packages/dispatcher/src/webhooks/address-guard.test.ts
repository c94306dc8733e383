import type { lookup } from "node:dns";

import { describe, expect, test } from "vitest";

import { createAddressGuard } from "./address-guard.ts";

const REFUSED = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "169.254.169.254",
  "172.31.255.255",
  "192.168.0.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001::1",
  "2001:db8::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%eth0",
  "ff02::1",
];
const OPEN = ["1.1.1.1", "172.32.0.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"];

describe("the guard of addresses", () => {
  const guard = createAddressGuard([]);

  test.each(REFUSED)("refuses %s", (address) => {
    expect(guard.refusalOf(address)).toContain("WEBHOOK_ALLOWED_ADDRESSES");
  });

  test.each(OPEN)("lets %s through", (address) => {
    expect(guard.refusalOf(address)).toBeUndefined();
  });

  test("allows what a setting names, and nothing beside it", () => {
    const open = createAddressGuard(["10.0.0.0/8", "::1", "192.168.1.20"]);
    for (const address of ["10.9.9.9", "::1", "192.168.1.20", "::ffff:10.0.0.1"])
      expect(open.refusalOf(address)).toBeUndefined();
    for (const address of ["192.168.1.21", "127.0.0.1", "::2"])
      expect(open.refusalOf(address)).toBeDefined();
  });

  test.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]:8080/",
    "http://[::ffff:127.0.0.1]/",
  ])("knows the address in %s", (url) => {
    expect(guard.refusalOfUrl(url)).toBeDefined();
  });

  test("says nothing of a name before it is resolved", () => {
    expect(guard.refusalOfUrl("http://localhost/")).toBeUndefined();
  });
});

describe("a look-up", () => {
  const resolving = (addresses: { address: string; family: number }[]) =>
    ((_name: string, _options: object, callback: (...args: unknown[]) => void) =>
      callback(null, addresses)) as unknown as typeof lookup;
  const PRIVATE = { address: "10.0.0.1", family: 4 };
  const PUBLIC = { address: "1.1.1.1", family: 4 };

  function found(addresses: { address: string; family: number }[], all: boolean) {
    const { lookup: lookUp } = createAddressGuard([], resolving(addresses));
    return new Promise((resolve, reject) => {
      lookUp("hooks.example.com", { all }, (error, address) =>
        error === null ? resolve(address) : reject(error),
      );
    });
  }

  test("gives the allowed addresses alone, as they will be connected to", async () => {
    expect(await found([PRIVATE, PUBLIC], true)).toEqual([PUBLIC]);
    expect(await found([PRIVATE, PUBLIC], false)).toBe(PUBLIC.address);
  });

  test("fails for a name that leads inside", async () => {
    await expect(found([PRIVATE], true)).rejects.toThrow("the address is private");
    await expect(found([PRIVATE], false)).rejects.toThrow("the address is private");
  });
});
