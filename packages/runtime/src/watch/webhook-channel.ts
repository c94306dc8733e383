import { shownProblem } from "@call-log/model";
import type { DueEvent } from "@call-log/store";
import { Webhook } from "standardwebhooks";

import type { HealthChannel, TryResult } from "./channel.ts";

/** Longest time that the receiver may take to answer, in seconds. */
const PATIENCE_SECONDS = 10;

/** Where the webhook goes. The address is the operator's, so it may be a private one. */
export interface WebhookOptions {
  url: string;
  secret: string;
  now: () => Date;
  /** @defaultValue 10 */
  patienceSeconds?: number;
}

/** What the webhook posts. */
export function webhookBody(event: DueEvent) {
  const { kind, at, eventId: _event, tries: _tries, ...problem } = event;
  return {
    type: `health.problem.${kind}`,
    timestamp: at.toISOString(),
    data: { ...shownProblem(problem), endedAt: kind === "ended" ? at.toISOString() : null },
  };
}

/** Posts each event, signed as Standard Webhooks specifies; `webhook-id` is the same when it is sent again. Redirects are not followed. */
export function webhookChannel(options: WebhookOptions): HealthChannel {
  const { url, secret, now, patienceSeconds = PATIENCE_SECONDS } = options;
  const signer = new Webhook(secret);
  return {
    name: "webhook",
    patienceSeconds,
    async send(event): Promise<TryResult> {
      const body = JSON.stringify(webhookBody(event));
      const sentAt = now();
      try {
        const answer = await fetch(url, {
          method: "POST",
          redirect: "manual",
          signal: AbortSignal.timeout(patienceSeconds * 1000),
          headers: {
            "content-type": "application/json",
            "webhook-id": event.eventId,
            "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
            "webhook-signature": signer.sign(event.eventId, sentAt, body),
          },
          body,
        });
        await answer.body?.cancel();
        return answer.ok
          ? { result: "delivered" }
          : { failed: `the receiver answered ${answer.status}` };
      } catch (error) {
        return { failed: reasonOf(error) };
      }
    },
  };
}

// The address may hold a secret, so that the message of an error is left out.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code } = (error.cause ?? {}) as { code?: unknown };
  if (error.name === "TimeoutError") return "no answer in time";
  return typeof code === "string" ? code : error.name;
}
