import { type AlertDelivery, type AlertSource, KEPT_DELIVERIES } from "@call-log/model";
import type { Collection, UpdateFilter } from "mongodb";

import { NOT_REMOVED } from "../audit/delete-after-filing.ts";
import type { AlertDeliveryDocument, AlertSourceDocument } from "./alert-source-documents.ts";

interface Deps {
  alertSources: Collection<AlertSourceDocument>;
  alertDeliveries: Collection<AlertDeliveryDocument>;
}

/** Keep a notification as one of its source's last ones. Rings of places, so that a storm of them costs no more room than a quiet day. */
export async function keepDelivery(
  { alertSources, alertDeliveries }: Deps,
  { _id: sourceId, projectId }: Pick<AlertSource, "_id" | "projectId">,
  delivery: AlertDelivery,
): Promise<void> {
  const isRefused = delivery.counts.refused > 0;
  const counted = await alertSources.findOneAndUpdate(
    { _id: sourceId, ...NOT_REMOVED },
    noted(delivery, isRefused),
    { returnDocument: "after", projection: { deliveryCount: 1, refusedCount: 1 } },
  );
  if (counted === null) return;
  const _id = `${sourceId}:${placeOf(counted, isRefused)}`;
  await alertDeliveries.replaceOne({ _id }, { ...delivery, sourceId, projectId }, { upsert: true });
}

/** The last notifications of a source, and the last ones of which something was refused, newest first. */
export async function lastDeliveries(
  alertDeliveries: Collection<AlertDeliveryDocument>,
  which: { projectId: string; sourceId: string },
): Promise<AlertDelivery[]> {
  const most = KEPT_DELIVERIES.deliveries + KEPT_DELIVERIES.refused;
  const found = await alertDeliveries.find(which).sort({ at: -1 }).limit(most).toArray();
  return found.map(({ _id, sourceId: _source, projectId: _project, ...delivery }) => delivery);
}

function noted(
  { at, status, counts, answers }: AlertDelivery,
  isRefused: boolean,
): UpdateFilter<AlertSourceDocument> {
  const reason = answers.find(({ result }) => result === "refused")?.reason;
  return {
    $inc: { deliveryCount: 1, refusedCount: isRefused ? 1 : 0, calledCount: counts.called },
    $set: {
      lastDelivery: { at, status, counts },
      ...(reason !== undefined && { lastRefusal: { at, status, reason } }),
    },
  };
}

function placeOf(
  { deliveryCount, refusedCount = 0 }: Pick<AlertSourceDocument, "deliveryCount" | "refusedCount">,
  isRefused: boolean,
): string {
  return isRefused
    ? `refused:${refusedCount % KEPT_DELIVERIES.refused}`
    : `${(deliveryCount - refusedCount) % KEPT_DELIVERIES.deliveries}`;
}
