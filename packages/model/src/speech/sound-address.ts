import { z } from "zod";

/** Longest address of a sound file, in characters. */
const MAX_LENGTH = 2000;

/** Names that are known inside a network only (RFC 6761, RFC 6762, and ICANN's reserved `internal`). */
const PRIVATE_NAME = /^(.*\.)?(localhost|local|internal|home\.arpa)\.?$/;

/**
 * IPv4 addresses that are not public (RFC 6890): this network, private, shared, loopback, link-local, multicast and
 * reserved.
 */
const PRIVATE_IPV4 =
  /^(0|10|127|22[4-9]|2[345]\d)\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\./;

/** All of IPv6 but 2000::/3, the part that is public; with those that hold an IPv4 address inside (6to4, Teredo). */
const PRIVATE_IPV6 = /^\[(?![23][0-9a-f]{3}:)|^\[2002:|^\[2001:0?:/;

/** What a URL parser takes all the same, and documents for a carrier don't. */
const UNWRITABLE = /[\p{White_Space}\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Address of a sound file that the carrier fetches: http or https, public, without a password in it. */
export const soundAddress = z
  .url({ protocol: /^https?$/, error: "must be an http or https address of a sound file" })
  .max(MAX_LENGTH, { error: `must be at most ${MAX_LENGTH} characters` })
  .meta({ pattern: "^[hH][tT][tT][pP][sS]?:" })
  .superRefine((address, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (UNWRITABLE.test(address)) refuse("must have no spaces, controls or half characters in it");
    if (!URL.canParse(address)) return;
    const { username, password, hostname } = new URL(address);
    if (username !== "" || password !== "")
      refuse("must have no user name or password: it is sent to the carrier as it is");
    if ([PRIVATE_NAME, PRIVATE_IPV4, PRIVATE_IPV6].some((rule) => rule.test(hostname)))
      refuse("must be at a public host: the carrier fetches it from outside");
  });
