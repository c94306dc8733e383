import {
  type Acting,
  type ActName,
  type ActReport,
  ACTS,
  changesBetween,
  SYSTEM_ACTING,
  type WebhookDisabledBy,
  type WebhookEndpointChange,
} from "@call-log/model";
import type { Collection, Document, Filter } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { GONE, NOT_REMOVED } from "../audit/delete-after-filing.ts";
import type { WebhookEndpointDocument } from "./webhook-documents.ts";

interface Deps {
  webhookEndpoints: Collection<WebhookEndpointDocument>;
  auditWriter: AuditWriter;
}

type Which = Filter<WebhookEndpointDocument> & { _id: string };

/** Insert an endpoint with the line of its creation. */
export async function insertEndpoint(
  { webhookEndpoints, auditWriter }: Deps,
  document: WebhookEndpointDocument,
  acting: Acting,
): Promise<void> {
  const report = reportOf("webhook.create", document, { acting, before: {}, after: document });
  const unfiledActs = [auditWriter.line(report)];
  await webhookEndpoints.insertOne({ ...document, unfiledActs });
  await auditWriter.file(webhookEndpoints, [{ _id: document._id, unfiledActs }]);
}

/** Change an endpoint with the line of it; it as it is then, undefined when there is none. */
export async function changeEndpoint(
  { webhookEndpoints: collection, auditWriter }: Deps,
  which: Which,
  { acting, change, at }: { acting: Acting; change: WebhookEndpointChange; at: Date },
): Promise<WebhookEndpointDocument | undefined> {
  const changed = await changeAudited({ collection, auditWriter }, which, (before) => {
    const update = updateOf(before, change, at);
    const after = { ...before, ...update.$set, ...nulls(update.$unset) };
    const report = reportOf("webhook.update", before, { acting, before, after });
    return report.changes?.length === 0 ? undefined : { update, report };
  });
  return changed?.after;
}

interface EndpointUpdate {
  $set: Partial<WebhookEndpointDocument>;
  $unset: Partial<Record<keyof WebhookEndpointDocument, "">>;
}

function updateOf(
  { enabled: wasEnabled }: WebhookEndpointDocument,
  { url, events, description, enabled }: WebhookEndpointChange,
  updatedAt: Date,
): EndpointUpdate {
  const $set: EndpointUpdate["$set"] = { updatedAt };
  const $unset: EndpointUpdate["$unset"] = {};
  if (url !== undefined) $set.url = url;
  if (events !== undefined) $set.events = events;
  if (description === null) $unset.description = "";
  else if (description !== undefined) $set.description = description;
  if (enabled !== undefined && enabled !== wasEnabled) $set.enabled = enabled;
  if ($set.enabled === false) Object.assign($set, { disabledBy: "person", disabledAt: updatedAt });
  // What failed before counts no more.
  if ($set.enabled === true)
    Object.assign($unset, { disabledBy: "", disabledAt: "", failingSince: "", failures: "" });
  return { $set, $unset };
}

function nulls(unset: object): Document {
  return Object.fromEntries(Object.keys(unset).map((name) => [name, undefined]));
}

/** Disable an enabled endpoint by call-log itself, with the line of it; true for the one process that did. */
export async function disableEndpoint(
  { webhookEndpoints: collection, auditWriter }: Deps,
  id: string,
  { by: disabledBy, at: disabledAt }: { by: WebhookDisabledBy; at: Date },
): Promise<boolean> {
  let isDisabled = false;
  const which = { _id: id, role: "endpoint", ...NOT_REMOVED } as const;
  await changeAudited({ collection, auditWriter }, which, (before) => {
    isDisabled = before.enabled;
    if (!isDisabled) return undefined;
    const $set = { enabled: false, disabledBy, disabledAt, updatedAt: disabledAt };
    const after = { ...before, ...$set };
    const about = { acting: SYSTEM_ACTING, before, after };
    const facts = { failingSince: before.failingSince?.toISOString() };
    return { update: { $set }, report: { ...reportOf("webhook.disable", before, about), facts } };
  });
  return isDisabled;
}

/** Remove an endpoint: it counts as deleted from now on, and is deleted when the line of it is filed. False when there is none. */
export async function removeEndpoint(
  { webhookEndpoints: collection, auditWriter }: Deps,
  which: Which,
  { acting, at: removedAt }: { acting: Acting; at: Date },
): Promise<boolean> {
  const removed = await changeAudited({ collection, auditWriter }, which, (before) => ({
    update: { $set: { removedAt } },
    report: reportOf("webhook.delete", before, { acting, before, after: {} }),
  }));
  if (removed === undefined) return false;
  await collection.deleteOne({ _id: which._id, ...GONE } as Filter<WebhookEndpointDocument>);
  return true;
}

function reportOf<A extends ActName>(
  act: A,
  { _id: target, projectId }: WebhookEndpointDocument,
  { acting, before, after }: { acting: Acting; before: object; after: object },
): ActReport {
  const changes = changesBetween({ ...before }, { ...after }, ACTS[act].fields);
  return { act, acting, projectId, target, changes };
}
