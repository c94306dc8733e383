import type { Acknowledgement } from "./acknowledgement.ts";
import {
  addressUnder,
  jsonRequest,
  type SendRequest,
  type SourceAnswer,
} from "./source-request.ts";

/** Whose alert is acknowledged at PagerDuty. */
export interface PagerDutyOptions {
  /** `https://events.pagerduty.com`, or `https://events.eu.pagerduty.com`. */
  url: string;
  /** Integration key of the service. */
  routingKey: string;
}

/**
 * Acknowledge an alert at PagerDuty, by the key under which it was triggered. Twice is the same as once. Source:
 * https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
 */
export function acknowledgeAtPagerDuty(
  { alert }: Acknowledgement,
  { url, routingKey }: PagerDutyOptions,
  send: SendRequest,
): Promise<SourceAnswer> {
  const event = {
    routing_key: routingKey,
    event_action: "acknowledge",
    dedup_key: alert.fingerprint,
  };
  return send(jsonRequest(addressUnder(url, "/v2/enqueue"), event));
}
