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
  /** The installation's key for callbacks, from which the secret of each attempt is derived. */
  callbackKey: string;
}

/** Secret in an attempt's callback addresses: HMAC-SHA-256 of the attempt id under the key for callbacks, base64url. */
export function callbackSecret(callbackKey: string, attemptId: string): string {
  const digest = createHmac("sha256", callbackKey).update(attemptId).digest();
  return digest.subarray(0, SECRET_BYTES).toString("base64url");
}

/** True when a secret out of a callback address is the attempt's under one of the keys; compared in constant time. */
export function isCallbackSecret(
  callbackKeys: readonly string[],
  attemptId: string,
  secret: string,
): boolean {
  return callbackKeys.some((key) => isSameText(secret, callbackSecret(key, attemptId)));
}

/** Addresses of an attempt's callbacks: `<publicUrl>/hooks/<provider>/<attemptId>/<secret>/<kind>`. */
export function callbackUrls(address: CallbackAddress): Record<CallbackKind, string> {
  const { publicUrl, provider, attemptId, callbackKey } = address;
  const secret = callbackSecret(callbackKey, attemptId);
  const base = `${publicUrl.replace(/\/+$/, "")}/hooks/${provider}/${attemptId}/${secret}`;
  const entries = CALLBACK_KINDS.map((kind) => [kind, `${base}/${kind}`]);
  return Object.fromEntries(entries) as Record<CallbackKind, string>;
}

const CALLBACK_PATH = /\/hooks\/[^/]+\/([0-9a-f-]+-[1-9]\d*)\/[^/]+\/([a-z]+)$/;

/** The attempt that a callback address belongs to; undefined for another address. */
export function attemptIdIn(callbackUrl: string): string | undefined {
  return partsOf(callbackUrl)?.[1];
}

/** What kind a callback address is of; undefined for another address. */
export function callbackKindIn(callbackUrl: string): CallbackKind | undefined {
  const name = partsOf(callbackUrl)?.[2];
  return CALLBACK_KINDS.find((kind) => kind === name);
}

function partsOf(callbackUrl: string): RegExpExecArray | null {
  const path = URL.canParse(callbackUrl) ? new URL(callbackUrl).pathname : "";
  return CALLBACK_PATH.exec(path);
}
