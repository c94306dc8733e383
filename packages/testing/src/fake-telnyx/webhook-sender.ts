import { randomUUID, sign, type KeyObject } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";

import type { FakeCall, SentEvent } from "./fake-call.ts";

const [TRIES, RETRY_AFTER_MS] = [3, 50];

/** Reports as Telnyx does: JSON, signed with Ed25519 over `timestamp|body`, again after an answer that is not 2xx. */
export function webhookSender(privateKey: KeyObject) {
  return async (call: FakeCall, event_type: string, payload: Record<string, unknown>) => {
    const { id, from, to, webhookUrl, clientState } = call;
    if (webhookUrl === undefined) return;
    const event: SentEvent = {
      record_type: "event",
      event_type,
      id: randomUUID(),
      occurred_at: new Date().toISOString(),
      payload: {
        call_control_id: id,
        call_leg_id: id,
        client_state: clientState,
        from,
        to,
        ...payload,
      },
    };
    call.sent.push(event);
    const body = JSON.stringify({ data: event });
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      if (await post(webhookUrl, body, privateKey)) return;
      await delay(RETRY_AFTER_MS);
    }
  };
}

async function post(url: string, body: string, privateKey: KeyObject): Promise<boolean> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey);
  const headers = {
    "content-type": "application/json",
    "telnyx-timestamp": timestamp,
    "telnyx-signature-ed25519": signature.toString("base64"),
  };
  try {
    const response = await fetch(url, { method: "POST", headers, body });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Refused or reset: Telnyx tries again, too.
    return false;
  }
}
