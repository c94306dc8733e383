import {
  CallLogError,
  deliveryListInput as listInput,
  type DeliveryListQuery,
  deliveryReplay,
  type failedResend,
  objectId,
  onlyKeys,
  shortText,
} from "@call-log/model";
import type { DeliveryPage } from "@call-log/store";
import type { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { type Asked, noSuchEndpoint, scopeOf } from "./webhook-acts.ts";
import {
  deliveryView,
  sentDeliveryView,
  type SentWebhookDeliveryView,
  type WebhookDeliveryView,
} from "./webhook-views.ts";

/** Which deliveries to list. */
export const deliveryListInput = listInput.prefault({});

/** Input that names a delivery. */
export const deliveryRef = onlyKeys({ id: shortText(300) });

/** Which deliveries of an endpoint to send again. */
export const replayInput = onlyKeys({ id: objectId, ...deliveryReplay.shape });

/** One page of deliveries; times are ISO text. */
export type DeliveryPageView = Omit<DeliveryPage, "data"> & { data: WebhookDeliveryView[] };

/** One page of deliveries, newest first. */
export async function listDeliveries(
  ctx: Asked,
  input: DeliveryListQuery,
): Promise<DeliveryPageView> {
  const { data, ...page } = await ctx.store.webhookDeliveries.list(scopeOf(ctx), input);
  return { ...page, data: data.map((one) => deliveryView(one, ctx.identity)) };
}

/** One delivery with its body. Throws NOT_FOUND. */
export async function readDelivery(ctx: Asked, id: string): Promise<SentWebhookDeliveryView> {
  const found = await ctx.store.webhookDeliveries.find(scopeOf(ctx), id);
  if (found === undefined) throw noSuchDelivery();
  return sentDeliveryView(found, ctx.identity);
}

/** Send one delivery again, now. Throws NOT_FOUND, and CONFLICT for an endpoint that gets nothing. */
export async function resendDelivery(ctx: Asked, id: string): Promise<WebhookDeliveryView> {
  const { webhookDeliveries } = ctx.store;
  const scope = scopeOf(ctx);
  const found = await webhookDeliveries.find(scope, id);
  if (found === undefined) throw noSuchDelivery();
  if (found.kind === "webhook" && found.url === undefined)
    await requireEnabled(ctx, found.endpointId);
  const sent = await webhookDeliveries.resend(scope, id, actingOf(ctx));
  if (sent === undefined) throw noSuchDelivery();
  return deliveryView(sent, ctx.identity);
}

/** Send again what failed since a time, of one endpoint or of all that are enabled; how many. Throws NOT_FOUND and CONFLICT. */
export async function resendFailed(
  ctx: Asked,
  { since: from, endpointId }: z.output<typeof failedResend>,
): Promise<{ deliveries: number }> {
  const { webhookEndpoints } = ctx.store;
  if (endpointId !== undefined)
    return replayDeliveries(ctx, { id: endpointId, from, only: "failed" });
  const enabled = (await webhookEndpoints.list(scopeOf(ctx))).filter((one) => one.enabled);
  let deliveries = 0;
  for (const { _id: id } of enabled) {
    const sent = await replayDeliveries(ctx, { id, from, only: "failed" });
    deliveries += sent.deliveries;
  }
  return { deliveries };
}

/** Send the deliveries of a time to an endpoint again, with the same ids; how many. Throws NOT_FOUND and CONFLICT. */
export async function replayDeliveries(
  ctx: Asked,
  { id, ...replay }: z.output<typeof replayInput>,
): Promise<{ deliveries: number }> {
  if (replay.to !== undefined && replay.to <= replay.from)
    throw new CallLogError("BAD_REQUEST", "to: must be after from");
  await requireEnabled(ctx, id);
  const { webhookDeliveries } = ctx.store;
  const acting = actingOf(ctx);
  return { deliveries: await webhookDeliveries.replay(scopeOf(ctx), id, { ...replay, acting }) };
}

async function requireEnabled(ctx: Asked, endpointId: string): Promise<void> {
  const endpoint = await ctx.store.webhookEndpoints.find(scopeOf(ctx), endpointId);
  if (endpoint === undefined) throw noSuchEndpoint();
  if (endpoint.enabled) return;
  throw new CallLogError(
    "CONFLICT",
    "The endpoint is disabled, so nothing is sent to it. Enable it first.",
  );
}

function noSuchDelivery(): CallLogError {
  return new CallLogError("NOT_FOUND", "There is no such webhook delivery for this key.");
}
