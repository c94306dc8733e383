import { lookup as lookUp } from "node:dns";
import { BlockList, isIP } from "node:net";

import type { AddressGuard } from "../context/address-guard.ts";

/** Ranges that are no addresses of the public internet: IANA's special-purpose registries for IPv4 and IPv6, and multicast. */
const NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
] as const;

/** All of IPv6 that is public lies in here, but for the ranges above. */
const PUBLIC_IPV6 = "2000::/3";

/** A request that was not sent because of where it would have gone. */
export class AddressRefused extends Error {
  override readonly name = "AddressRefused";
}

/** Resolves a name, as `dns.lookup` does; another one for tests. */
export type Resolve = typeof lookUp;

/** A guard that refuses what is not public, but for these addresses and CIDR ranges. */
export function createAddressGuard(
  allowed: readonly string[],
  resolve: Resolve = lookUp,
): AddressGuard {
  const exceptions = blockListOf(allowed);
  const refused = blockListOf(NOT_PUBLIC);
  const publicIPv6 = blockListOf([PUBLIC_IPV6]);

  function refusalOf(given: string): string | undefined {
    const address = plainAddress(given);
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (exceptions.check(address, family)) return undefined;
    const isPublic =
      !refused.check(address, family) && (family === "ipv4" || publicIPv6.check(address, family));
    return isPublic ? undefined : NOT_ALLOWED;
  }

  return {
    refusalOf,
    refusalOfUrl(url) {
      const host = hostOf(url);
      return isIP(host) === 0 ? undefined : refusalOf(host);
    },
    lookup(hostname, options, callback) {
      const all = { ...options, all: true } as const;
      resolve(hostname, all, (error, found) => {
        if (error !== null) return callback(error, "", 0);
        const open = found.filter(({ address }) => refusalOf(address) === undefined);
        const [first] = open;
        if (first === undefined) return callback(new AddressRefused(NOT_ALLOWED), "", 0);
        if (options.all === true) return callback(null, open);
        return callback(null, first.address, first.family);
      });
    },
  };
}

const NOT_ALLOWED =
  "the address is private, loopback, link-local or not public for another reason, and is not in WEBHOOK_ALLOWED_ADDRESSES";

/** Host of a URL; an IPv6 address without its brackets. */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

// An IPv4 address that is written as an IPv6 one counts as what it is; a zone is no part of an address.
function plainAddress(given: string): string {
  const [address = ""] = given.split("%");
  if (!address.includes(":")) return address;
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (mapped === null) return canonical;
  const [high, low] = [mapped[1]!, mapped[2]!].map((part) => Number.parseInt(part, 16)) as [
    number,
    number,
  ];
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join(".");
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
