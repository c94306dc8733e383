import { isFinalStatus } from "@call-log/model";

import type { ReceivedEvent } from "./webhook-receiver.ts";

/** What a receiver of webhooks got in a run. */
export interface EventFigures {
  /** Different events. */
  arrived: number;
  /** Arrivals of an event that had arrived before. */
  repeated: number;
  /** From the recorded end of a call to the webhook about it that the receiver took, in milliseconds; null when there was none. */
  endToWebhookMs: { p50: number; p99: number } | null;
}

/** The figures of everything that arrived, in the order of arrival. */
export function eventFigures(events: readonly ReceivedEvent[]): EventFigures {
  const arrived = new Set(events.map(({ id }) => id)).size;
  return { arrived, repeated: events.length - arrived, endToWebhookMs: endToWebhook(events) };
}

function endToWebhook(events: readonly ReceivedEvent[]): EventFigures["endToWebhookMs"] {
  const lags = new Map<string, number>();
  for (const { id, isTaken, to, lagMs } of events)
    if (isTaken && to !== undefined && isFinalStatus(to) && !lags.has(id)) lags.set(id, lagMs);
  if (lags.size === 0) return null;
  const sorted = [...lags.values()].toSorted((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1]!;
  return { p50: quantile(0.5), p99: quantile(0.99) };
}
