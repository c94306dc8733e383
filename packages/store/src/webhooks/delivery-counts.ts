import type { DeliveryState } from "@call-log/model";
import type { Collection } from "mongodb";

import { INSTALLATION } from "../audit/audit-document.ts";
import type { WebhookDeliveryDocument, WebhookScope } from "./webhook-documents.ts";

/** How many deliveries are in each state. */
export type DeliveryCounts = Record<DeliveryState, number>;

interface Group {
  _id: { endpointId: string; state: DeliveryState };
  deliveries: number;
}

/** How many deliveries of a scope were made since a time, by endpoint; an endpoint without any is not among them. */
export async function countByEndpoint(
  deliveries: Collection<WebhookDeliveryDocument>,
  scope: WebhookScope,
  since: Date,
): Promise<Map<string, DeliveryCounts>> {
  const made = { scope: scope ?? INSTALLATION, createdAt: { $gte: since } };
  const by = { endpointId: "$endpointId", state: "$state" };
  const groups = await deliveries
    .aggregate<Group>([{ $match: made }, { $group: { _id: by, deliveries: { $sum: 1 } } }], {
      maxTimeMS: 5000,
    })
    .toArray();
  const counts = new Map<string, DeliveryCounts>();
  for (const { _id, deliveries: count } of groups) {
    const known = counts.get(_id.endpointId) ?? { pending: 0, delivered: 0, failed: 0 };
    counts.set(_id.endpointId, { ...known, [_id.state]: count });
  }
  return counts;
}
