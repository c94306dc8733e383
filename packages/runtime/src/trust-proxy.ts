import { addressRange } from "@call-log/model";
import { z } from "zod";

const FORM =
  "must be IP addresses or ranges of the reverse proxies with commas, or loopback, linklocal, uniquelocal";

/** Names for 127.0.0.0/8 and ::1, for link-local addresses, and for private ones. */
const namedRange = z.enum(["loopback", "linklocal", "uniquelocal"]);

/** Setting: the reverse proxies whose `X-Forwarded-*` headers are believed, with commas. */
export const trustProxy = z
  .string()
  .transform((text) => text.split(",").map((range) => range.trim()))
  .refine((ranges) => ranges.every((range) => isRange(range)), { error: FORM })
  .optional()
  .meta({
    description:
      "Reverse proxies whose X-Forwarded headers are believed: addresses and ranges with commas",
  });

function isRange(text: string): boolean {
  return namedRange.safeParse(text).success || addressRange.safeParse(text).success;
}
