import type { DeliveryKind } from "@call-log/model";
import type { ClaimedDelivery } from "@call-log/store";

import { readAcknowledgement } from "../back-to-source/acknowledgement.ts";
import { informSource } from "../back-to-source/back-kinds.ts";
import type { SendRequest } from "../back-to-source/source-request.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import type { HttpAnswer, OutgoingRequest } from "./guarded-request.ts";
import { signedRequest } from "./signed-request.ts";

/** What the kinds of deliveries ask. */
export type KindDeps = Pick<
  DispatchContext,
  "webhookEndpoints" | "webhookDeliveries" | "alertSources" | "now" | "log"
>;

/** Send one request of a delivery; the answer has up to so many bytes of its body. */
export type Exchange = (request: OutgoingRequest, maxBytes?: number) => Promise<HttpAnswer>;

/** How a try went: it is done, or why not; `gone` when the receiver wants nothing any more. */
export type TryResult = { ok: true } | { ok: false; error: string; gone: boolean };

/** A delivery that is about to be sent. */
export interface OpenDelivery {
  /** Send what it takes, and give the last answer; usually there is one request. */
  send(exchange: Exchange): Promise<HttpAnswer>;
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
  source: openSource,
};

/** Most bytes of the list of silences that is looked through for one of ours. */
const MAX_LOOK_UP_BYTES = 2_000_000;

async function openSource(
  { alertSources, now }: KindDeps,
  { endpointId, projectId = "", body }: ClaimedDelivery,
): ReturnType<OpenKind> {
  const informed = await alertSources.backOf(projectId, endpointId);
  if (informed === undefined)
    return { givenUp: "the alert source was deleted, or is not informed any more" };
  const acknowledgement = readAcknowledgement(body);
  return {
    send: (exchange) =>
      informSource(informed.back, {
        acknowledgement,
        now: now(),
        send: sourceExchange(exchange),
      }),
  };
}

/** How the requests to a source are sent: all of an answer is read, since it may be a list that is looked through. */
export function sourceExchange(exchange: Exchange): SendRequest {
  return (request) => exchange({ body: "", ...request }, MAX_LOOK_UP_BYTES);
}

async function openWebhook(
  deps: KindDeps,
  { endpointId, url, eventId, body }: ClaimedDelivery,
): ReturnType<OpenKind> {
  const { webhookEndpoints: endpoints, webhookDeliveries: deliveries, now, log } = deps;
  const target = await endpoints.target(endpointId);
  if (target === undefined) return { givenUp: "the endpoint was deleted" };
  if (!target.enabled) return { givenUp: "the endpoint is disabled" };
  const request = signedRequest(target, { url: url ?? target.url, eventId, at: now(), body });
  return {
    send: (exchange) => exchange(request),
    async noted(result) {
      if (result.ok) return endpoints.noteSuccess(target);
      if (!(await endpoints.noteFailure(target, result))) return;
      const why = result.gone ? "it answered 410 Gone" : "it failed for five days";
      const failed = await deliveries.failPending(endpointId, `the endpoint was disabled: ${why}`);
      log.warn({ endpointId, deliveries: failed }, `a webhook endpoint was disabled: ${why}`);
    },
  };
}
