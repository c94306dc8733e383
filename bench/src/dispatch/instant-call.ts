import type { EventStatus, ProviderEvent } from "@call-log/model";

/** What the benchmark sends its carrier for a call: its id there, and the address for its events. */
export interface InstantCall {
  providerCallId: string;
  url: string;
}

/** Body of one posted event. */
export interface InstantEvent {
  providerCallId: string;
  status: EventStatus;
  sequence: number;
  at: string;
  price?: ProviderEvent["price"];
}

/** What happens to every call, in this order; the last event has the price, so that a call is over with it. */
export const EVENTS: readonly EventStatus[] = ["initiated", "ringing", "in-progress", "completed"];

/** The events of a call as they are posted, all at this time. */
export function eventsOf({ providerCallId }: InstantCall, at: string): InstantEvent[] {
  return EVENTS.map((status, sequence) => ({
    providerCallId,
    status,
    sequence,
    at,
    ...(status === "completed" && { price: { amount: "-0.01300", currency: "USD" } }),
  }));
}
