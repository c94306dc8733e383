import { createHmac } from "node:crypto";

import { isSameText } from "./constant-time.ts";
import { CALLBACK_KINDS, type CallbackKind } from "./provider.ts";

/** Bytes of the HMAC that a callback address carries: 192 bits, 32 characters. */
const SECRET_BYTES = 24;

/** What the callback addresses of one attempt are made of. */
export interface CallbackAddress {
  /** Base address under which the provider reaches the api; a path in it is kept. */
  publicUrl: string;
  /** Name of the provider, such as `simulated`. */
  provider: string;
  attemptId: string;
  /** The instance's secret, from which the secret of each attempt is derived. */
  instanceSecret: string;
}

/** Secret in an attempt's callback addresses: HMAC-SHA-256 of the attempt id under the instance's secret, base64url. */
export function callbackSecret(instanceSecret: string, attemptId: string): string {
  const digest = createHmac("sha256", instanceSecret).update(attemptId).digest();
  return digest.subarray(0, SECRET_BYTES).toString("base64url");
}

/** True when a secret out of a callback address is the attempt's; compared in constant time. */
export function isCallbackSecret(
  instanceSecret: string,
  attemptId: string,
  secret: string,
): boolean {
  return isSameText(secret, callbackSecret(instanceSecret, attemptId));
}

/** Addresses of an attempt's callbacks: `<publicUrl>/hooks/<provider>/<attemptId>/<secret>/<kind>`. */
export function callbackUrls(address: CallbackAddress): Record<CallbackKind, string> {
  const { publicUrl, provider, attemptId, instanceSecret } = address;
  const secret = callbackSecret(instanceSecret, attemptId);
  const base = `${publicUrl.replace(/\/+$/, "")}/hooks/${provider}/${attemptId}/${secret}`;
  const entries = CALLBACK_KINDS.map((kind) => [kind, `${base}/${kind}`]);
  return Object.fromEntries(entries) as Record<CallbackKind, string>;
}

const CALLBACK_PATH = /\/hooks\/[^/]+\/([0-9a-f-]+-[1-9]\d*)\/[^/]+\/[a-z]+$/;

/** The attempt that a callback address belongs to; undefined for another address. */
export function attemptIdIn(callbackUrl: string): string | undefined {
  const path = URL.canParse(callbackUrl) ? new URL(callbackUrl).pathname : "";
  return CALLBACK_PATH.exec(path)?.[1];
}
