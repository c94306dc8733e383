import {
  isAllowed,
  type SentWebhookDelivery,
  type WebhookDelivery,
  type WebhookEndpoint,
  type Wire,
} from "@call-log/model";
import type { Authenticated, DeliveryCounts } from "@call-log/store";

import { maskedWebhookBody } from "./masked-webhook-body.ts";

/** An endpoint as it is answered, with what became of its deliveries in the last 24 hours; times are ISO text. */
export type WebhookEndpointView = Wire<WebhookEndpoint> & { lastDay: DeliveryCounts };

/** A delivery as it is listed; times are ISO text. */
export type WebhookDeliveryView = Wire<WebhookDelivery>;

/** A delivery with its body; times are ISO text. */
export type SentWebhookDeliveryView = Wire<SentWebhookDelivery>;

type Whose = Pick<Authenticated, "scope" | "permissions">;

const NO_DELIVERIES: DeliveryCounts = { pending: 0, delivered: 0, failed: 0 };

/** An endpoint for a key. One that may not administer sees the host of the address alone, since the rest may hold a secret of the receiver. */
export function endpointView(
  endpoint: WebhookEndpoint,
  lastDay: DeliveryCounts | undefined,
  whose: Whose,
): WebhookEndpointView {
  const { lastError, ...shown } = onWire(endpoint);
  const mayAdminister = isAdministrator(whose);
  return {
    ...shown,
    ...(!mayAdminister && { url: hostOf(shown.url) }),
    ...(mayAdminister && lastError !== undefined && { lastError }),
    lastDay: lastDay ?? NO_DELIVERIES,
  };
}

/** A delivery for a key: as `endpointView` shows addresses, and without the receiver's answers for a key that reads masked. */
export function deliveryView<D extends WebhookDelivery>(delivery: D, whose: Whose): Wire<D> {
  const { url, tries } = delivery;
  const withoutAnswers = tries.map(({ answer: _answer, error: _error, ...one }) => one);
  return onWire({
    ...delivery,
    ...(url !== undefined && !isAdministrator(whose) && { url: hostOf(url) }),
    ...(!seesNumbers(whose) && { tries: withoutAnswers }),
  });
}

/** A delivery with its body for a key; for one that reads masked, the call log in it is masked, and nobody can verify its signature. */
export function sentDeliveryView(
  delivery: SentWebhookDelivery,
  whose: Whose,
): SentWebhookDeliveryView {
  const { body } = delivery;
  return deliveryView(
    seesNumbers(whose) ? delivery : { ...delivery, body: maskedWebhookBody(body) },
    whose,
  );
}

function isAdministrator({ scope, permissions }: Whose): boolean {
  return scope === "installation" || isAllowed(permissions, "administer");
}

function seesNumbers({ scope, permissions }: Whose): boolean {
  return scope === "installation" || isAllowed(permissions, "see-numbers");
}

function hostOf(url: string): string {
  return `${new URL(url).origin}/…`;
}

function onWire<T>(value: T): Wire<T> {
  return JSON.parse(JSON.stringify(value)) as Wire<T>;
}
