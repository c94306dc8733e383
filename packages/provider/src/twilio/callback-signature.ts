import { validateRequest } from "twilio/lib/webhooks/webhooks.js";

import type { CallbackRequest } from "../provider.ts";

const HEADER = "x-twilio-signature";

/** True if one of the account's tokens signed this request, over the address that we gave out; compared in constant time. */
export function isSigned(
  { headers, url }: Pick<CallbackRequest, "headers" | "url">,
  form: Readonly<Record<string, string | string[]>>,
  tokens: readonly string[],
): boolean {
  const signature = headers[HEADER] ?? "";
  // Every token is tried, so that the time says nothing about which one fits.
  return tokens.map((token) => validateRequest(token, signature, url, form)).includes(true);
}
