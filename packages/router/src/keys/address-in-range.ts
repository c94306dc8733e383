import { BlockList, isIP, type IPVersion } from "node:net";

/** By family, so that `::/0` means IPv6 alone; Node's own list counts IPv4 among it. */
type Ranges = Record<IPVersion, BlockList>;

const known = new WeakMap<readonly string[], Ranges>();

/** True when an IP address is one of these or in one of these CIDR ranges. An IPv4 address in IPv6 form counts as IPv4; no address is in none. */
export function isAddressIn(ranges: readonly string[], address: string | undefined): boolean {
  const plain = address === undefined ? "" : plainForm(address);
  const version = isIP(plain);
  if (version === 0) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  return rangesOf(ranges)[family].check(plain, family);
}

/** True when every address of a CIDR range, or a single address, is in one of these ranges. */
export function isRangeIn(ranges: readonly string[], range: string): boolean {
  const [address = ""] = range.split("/");
  return ranges.some((one) => bitsOf(one) <= bitsOf(range) && isAddressIn([one], address));
}

function bitsOf(range: string): number {
  const [address = "", bits] = range.split("/");
  return bits === undefined ? (isIP(address) === 4 ? 32 : 128) : Number(bits);
}

// A server that listens on every interface sees IPv4 callers as ::ffff:1.2.3.4, and link-local ones with their interface.
function plainForm(address: string): string {
  const [withoutZone = ""] = address.split("%");
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone)?.[1] ?? withoutZone;
}

function rangesOf(ranges: readonly string[]): Ranges {
  const present = known.get(ranges);
  if (present !== undefined) return present;
  const lists: Ranges = { ipv4: new BlockList(), ipv6: new BlockList() };
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (bits === undefined) lists[family].addAddress(address, family);
    else lists[family].addSubnet(address, Number(bits), family);
  }
  known.set(ranges, lists);
  return lists;
}
