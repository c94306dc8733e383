import { z } from "zod";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX_24 = /^[0-9a-f]{24}$/i;

/** True for the two forms of id that OneUptime's data has: a UUID, or 24 hexadecimal digits. */
export function isObjectId(text: string): boolean {
  return UUID.test(text) || HEX_24.test(text);
}

/** An id: a UUID or 24 hexadecimal digits, in any letter case; kept in lower case. */
export const objectId = z
  .string({ error: "must be an id as text" })
  .refine(isObjectId, { error: "must be a UUID or 24 hexadecimal digits" })
  .transform((id) => id.toLowerCase())
  .meta({
    pattern: "^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{24})$",
    example: "376d7300-28fe-11f1-b591-3fdcef396aba",
  });
