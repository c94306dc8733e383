import type { DeliveryTarget } from "@call-log/store";
import { Webhook } from "standardwebhooks";

import type { OutgoingRequest } from "./guarded-request.ts";

/** An event that is to be sent, and when. */
export interface SignedEvent {
  url: string;
  eventId: string;
  at: Date;
  body: string;
}

/** The request of an event as Standard Webhooks specifies it, with a signature by every secret of the endpoint. */
export function signedRequest(
  { secrets }: Pick<DeliveryTarget, "secrets">,
  { url, eventId, at, body }: SignedEvent,
): OutgoingRequest {
  const signatures = secrets.map(({ secret }) => new Webhook(secret).sign(eventId, at, body));
  return {
    url,
    headers: {
      "content-type": "application/json",
      "webhook-id": eventId,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": signatures.join(" "),
    },
    body,
  };
}
