import { setTimeout as delay } from "node:timers/promises";

import { twilioSignature } from "./signature.ts";

/** What is done to every callback, whatever the number. */
export type CallbackFault = "none" | "lost" | "tripled";

/** A callback as it goes out. */
export interface Callback {
  url: string;
  form: Readonly<Record<string, string>>;
}

/** How often Twilio tries again at most, by the address's fragment `#rc=N`; 1 without it. */
const DEFAULT_RETRIES = 1;
const RETRY_AFTER_MS = 100;
const TIMEOUT_MS = 5000;

/** Post a callback as Twilio does: signed over the address without its fragment, repeated after errors; the body of the answer. */
export async function sendCallback(
  { url, form }: Callback,
  authToken: string,
): Promise<string | undefined> {
  const [address = "", fragment = ""] = url.split("#");
  const retries = Number(new URLSearchParams(fragment).get("rc") ?? DEFAULT_RETRIES);
  for (let attempt = 0; attempt <= retries; attempt += 1) {
    if (attempt > 0) await delay(RETRY_AFTER_MS * attempt);
    const answer = await post(address, form, authToken);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

async function post(
  url: string,
  form: Readonly<Record<string, string>>,
  authToken: string,
): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-twilio-signature": twilioSignature(authToken, url, form),
        "user-agent": "TwilioProxy/1.1",
      },
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return response.ok ? text : undefined;
  } catch {
    // Refused, reset or timed out: Twilio tries again, too.
    return undefined;
  }
}
