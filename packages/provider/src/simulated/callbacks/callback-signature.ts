import { createHmac } from "node:crypto";

import { isSameText } from "../../constant-time.ts";

/** Header that carries the signature. */
export const SIGNATURE_HEADER = "x-simulated-signature";

/** Key for the signatures of a carrier that was given none. */
export function signingKeyOf(seed: string): string {
  return createHmac("sha256", seed).update("callbacks").digest("base64url");
}

/** HMAC-SHA-256 over address and body, base64url. */
export function signCallback(key: string, url: string, body: string | Buffer): string {
  // No address holds a line break, so address and body cannot trade characters.
  return createHmac("sha256", key).update(`${url}\n`).update(body).digest("base64url");
}

/** True when the signature is ours for this address and body; compared in constant time. */
export function isSignedCallback(
  key: string,
  request: { url: string; rawBody: Buffer; signature: string | undefined },
): boolean {
  const { url, rawBody, signature } = request;
  return signature !== undefined && isSameText(signature, signCallback(key, url, rawBody));
}
