import { type Acting, type ActReport, ACTS, changesBetween } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import type { ApiKeyDocument } from "./access-documents.ts";

interface Deps {
  apiKeys: Collection<ApiKeyDocument>;
  auditWriter: AuditWriter;
}

/** Insert a key with its audit line; rejects when the key exists. */
export async function insertKey(
  { apiKeys, auditWriter }: Deps,
  document: ApiKeyDocument,
  acting: Acting,
): Promise<void> {
  const unfiledActs = [
    auditWriter.line(reportOf("key.create", document, { acting, after: document })),
  ];
  await apiKeys.insertOne({ ...document, unfiledActs });
  await auditWriter.file(apiKeys, [{ _id: document._id, unfiledActs }]);
}

/** Revoke a key with its audit line; a revoked key stays unchanged. False when there is no such key. */
export async function revokeKey(
  { apiKeys: collection, auditWriter }: Deps,
  which: Filter<ApiKeyDocument>,
  { acting, at: revokedAt }: { acting: Acting; at: Date },
): Promise<boolean> {
  const found = await changeAudited({ collection, auditWriter }, which, (before) => {
    if (before.revokedAt !== undefined) return undefined;
    const report = reportOf("key.revoke", before, { acting, after: { revokedAt } });
    return { update: { $set: { revokedAt } }, report };
  });
  return found !== undefined;
}

function reportOf(
  act: "key.create" | "key.revoke",
  { keyId: target, projectId }: ApiKeyDocument,
  { acting, after }: { acting: Acting; after: object },
): ActReport {
  const changes = changesBetween({}, { ...after }, ACTS[act].fields);
  return { act, acting, projectId, target, changes };
}
