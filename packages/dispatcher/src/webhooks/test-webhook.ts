import { randomUUID } from "node:crypto";

import type { DeliveryTry } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { trySending } from "./send-delivery.ts";
import { signedRequest } from "./signed-request.ts";

/** What came of a test event. */
export interface WebhookTest extends DeliveryTry {
  /** Header `webhook-id`. */
  eventId: string;
  /** The receiver answered 2xx. */
  delivered: boolean;
}

/** Send one signed event `webhook.test` to an endpoint now, disabled or not. It is no delivery. Undefined when there is no such endpoint. */
export async function testWebhook(
  deps: Pick<DispatchContext, "webhookEndpoints" | "addressGuard" | "now">,
  { endpointId, projectId }: { endpointId: string; projectId: string | null },
): Promise<WebhookTest | undefined> {
  const target = await deps.webhookEndpoints.target(endpointId);
  if (target === undefined) return undefined;
  const at = deps.now();
  const eventId = `test-${randomUUID()}`;
  const timestamp = at.toISOString();
  const body = JSON.stringify({ type: "webhook.test", timestamp, data: { projectId } });
  const request = signedRequest(target, { url: target.url, eventId, at, body });
  const { done, result } = await trySending(deps, { send: (exchange) => exchange(request) });
  return { eventId, delivered: result.ok, ...done };
}
