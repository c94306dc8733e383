import { randomBytes } from "node:crypto";

/** A password of 192 random bits, in letters that need no escape in an address. */
export function newPassword(): string {
  return randomBytes(24).toString("base64url");
}
