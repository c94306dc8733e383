import { PROBLEM_EVENT_TYPES, WEBHOOK_EVENT_TYPES, type WebhookEventType } from "@call-log/model";

import { api, type Outputs } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";

/** A webhook endpoint, as the server returns it. */
export type Endpoint = Outputs["webhooks"]["get"];

/** A delivery, as the server lists it. */
export type Delivery = Outputs["webhooks"]["deliveries"]["list"]["data"][number];

/** Query key of endpoints and deliveries, which an act refetches. */
export const WEBHOOKS = ["webhooks"] as const;

/** The webhooks of the shown project; for an operator, those of the installation. */
export function useWebhooks() {
  const { may } = useSignedIn();
  const isOperator = may.includes("operate");
  const types: readonly WebhookEventType[] = isOperator ? PROBLEM_EVENT_TYPES : WEBHOOK_EVENT_TYPES;
  return {
    isOperator,
    isReadable: isOperator || may.includes("read"),
    mayAdminister: isOperator || may.includes("administer"),
    mayResend: isOperator || may.includes("dispatch"),
    webhooks: isOperator ? api.operator.webhooks : api.webhooks,
    /** Types of events that an endpoint may ask for. */
    types,
  };
}
