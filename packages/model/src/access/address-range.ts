import { z } from "zod";

const FORM = "must be an IP address or a range such as 203.0.113.0/24 or 2001:db8::/32";
const MAX_RANGES = 50;

// An IPv4 address may arrive in IPv6 form (`::ffff:1.2.3.4`); both forms match one entry.
function isMappedIPv4(range: string): boolean {
  const [address = ""] = range.split("/");
  return address.includes(":") && new URL(`http://[${address}]`).hostname.startsWith("[::ffff:");
}

/** An IP address or a CIDR range of them, IPv4 or IPv6. */
export const addressRange = z
  .union([z.ipv4(), z.cidrv4(), z.ipv6(), z.cidrv6()], { error: FORM })
  .refine((range) => !isMappedIPv4(range), {
    error: `${FORM}; write an IPv4 address in its own form`,
  });

/** The addresses that something is allowed from: 1 to 50 ranges. */
export const addressList = z
  .array(addressRange, { error: "must be a list of IP addresses and ranges" })
  .min(1, { error: "must hold at least one address; leave it out to allow all" })
  .max(MAX_RANGES, { error: `must hold at most ${MAX_RANGES} addresses and ranges` });
