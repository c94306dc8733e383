import type { DeliveryKind } from "@call-log/model";
import type { ClaimedDelivery } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { OutgoingRequest } from "./guarded-request.ts";
import { signedRequest } from "./signed-request.ts";

/** What the kinds of deliveries ask. */
export type KindDeps = Pick<
  DispatchContext,
  "webhookEndpoints" | "webhookDeliveries" | "now" | "log"
>;

/** How a try went: it is done, or why not; `gone` when the receiver wants nothing any more. */
export type TryResult = { ok: true } | { ok: false; error: string; gone: boolean };

/** A delivery that is about to be sent. */
export interface OpenDelivery {
  request: OutgoingRequest;
  /** Called after the try, when it is noted. */
  noted?(result: TryResult): Promise<void>;
}

/** How a kind of delivery is sent: its request, made again for every try, or in words why it is given up. */
export type OpenKind = (
  deps: KindDeps,
  delivery: ClaimedDelivery,
) => Promise<OpenDelivery | { givenUp: string }>;

/** Every kind of delivery. */
export const DELIVERY_OPENERS: Record<DeliveryKind, OpenKind> = {
  webhook: openWebhook,
};

async function openWebhook(
  deps: KindDeps,
  { endpointId, url, eventId, body }: ClaimedDelivery,
): ReturnType<OpenKind> {
  const { webhookEndpoints: endpoints, webhookDeliveries: deliveries, now, log } = deps;
  const target = await endpoints.target(endpointId);
  if (target === undefined) return { givenUp: "the endpoint was deleted" };
  if (!target.enabled) return { givenUp: "the endpoint is disabled" };
  return {
    request: signedRequest(target, { url: url ?? target.url, eventId, at: now(), body }),
    async noted(result) {
      if (result.ok) return endpoints.noteSuccess(target);
      if (!(await endpoints.noteFailure(target, result))) return;
      const why = result.gone ? "it answered 410 Gone" : "it failed for five days";
      const failed = await deliveries.failPending(endpointId, `the endpoint was disabled: ${why}`);
      log.warn({ endpointId, deliveries: failed }, `a webhook endpoint was disabled: ${why}`);
    },
  };
}
