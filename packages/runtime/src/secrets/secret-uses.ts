import { hkdfSync } from "node:crypto";

/** What the installation signs. Sessions are random values of which the database has hashes. Every use has a key of its own, derived from the master secret under this name. */
export const SECRET_USES = {
  /** Addresses that providers call back. */
  callbacks: "call-log callbacks 1",
} as const;

/** A use of the master secret. */
export type SecretUse = keyof typeof SECRET_USES;

const FINGERPRINT = "call-log fingerprint 1";
const KEY_BYTES = 32;
const FINGERPRINT_BYTES = 16;

/** The key of one use: HKDF-SHA-256 of the master secret under the use's name, 256 bits as base64url. */
export function deriveKey(master: string | Buffer, use: SecretUse): string {
  return derive(master, SECRET_USES[use], KEY_BYTES).toString("base64url");
}

/** By which a master secret is recognized without being known, 128 bits as hexadecimal. */
export function fingerprintOf(master: string | Buffer): string {
  return derive(master, FINGERPRINT, FINGERPRINT_BYTES).toString("hex");
}

function derive(master: string | Buffer, info: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync("sha256", master, "", info, bytes));
}
