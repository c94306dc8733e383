import { createPublicKey, verify } from "node:crypto";

/** How old a callback may be, in seconds, as Telnyx's own SDKs have it. */
const TOLERANCE_SECONDS = 300;

/** A callback's body and what it was signed with. */
export interface SignedBody {
  rawBody: Buffer;
  /** Header `telnyx-signature-ed25519`: base64. */
  signature: string | undefined;
  /** Header `telnyx-timestamp`: Unix time in seconds. */
  timestamp: string | undefined;
}

/**
 * True for a fresh callback signed by the holder of a key: Ed25519 over `timestamp|body`
 * (https://developers.telnyx.com/docs/development/sdk/node/webhooks).
 */
export function isSigned(
  { rawBody, signature, timestamp }: SignedBody,
  publicKey: string,
  now: Date,
): boolean {
  if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp))
    return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const x = Buffer.from(publicKey, "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  const signed = Buffer.concat([Buffer.from(`${timestamp}|`), rawBody]);
  return verify(null, signed, key, Buffer.from(signature, "base64"));
}
