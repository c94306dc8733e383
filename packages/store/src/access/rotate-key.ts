import { type Acting, CallLogError, changesBetween, SYSTEM_ACTING } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import type { ApiKeyDocument } from "./access-documents.ts";
import type { NewApiKey } from "./new-api-key.ts";

/** How a key is replaced. */
export interface KeyRotation {
  /** How long the old key stays valid beside the new one, in milliseconds. */
  overlapMs: number;
  /** Expiry of the new key. @defaultValue that of the old key */
  expiresAt?: Date | undefined;
  /** Who replaces it. @defaultValue call-log itself */
  acting?: Acting;
}

/** A key that replaces another one; this is the only time that it is shown. */
export interface RotatedKey {
  id: string;
  key: string;
  /** Until then the replaced key is valid. */
  previousUntil: Date;
}

/**
 * What a rotation does: the new key, and the expiry of the old one. CONFLICT when the old key has expired or was
 * replaced already.
 */
export function planRotation(
  found: ApiKeyDocument,
  { overlapMs, expiresAt }: KeyRotation,
  now: Date,
): { next: NewApiKey; previousUntil: Date } {
  const { keyId: rotatedFrom, projectId, permissions, name, allowedAddresses, rotatedTo } = found;
  if (found.revokedAt !== undefined) throw conflict("is of a key that is revoked");
  if (found.expiresAt !== undefined && found.expiresAt <= now)
    throw conflict("is of a key that has expired");
  if (rotatedTo !== undefined) throw conflict(`is of a key that was replaced by ${rotatedTo}`);
  const overlapEnd = new Date(now.getTime() + overlapMs);
  const end = expiresAt ?? found.expiresAt;
  return {
    next: {
      permissions,
      rotatedFrom,
      ...(projectId !== undefined && { projectId }),
      ...(name !== undefined && { name }),
      ...(allowedAddresses !== undefined && { allowedAddresses }),
      ...(end !== undefined && { expiresAt: end }),
    },
    previousUntil:
      found.expiresAt !== undefined && found.expiresAt < overlapEnd ? found.expiresAt : overlapEnd,
  };
}

/** What a rotation needs from the key store. */
export interface RotationDeps {
  apiKeys: Collection<ApiKeyDocument>;
  auditWriter: AuditWriter;
  create: (newKey: NewApiKey, acting: Acting) => Promise<{ id: string; key: string }>;
  revoke: (keyId: string, owner: undefined, acting: Acting) => Promise<boolean>;
  now: Date;
}

/**
 * Replace a key; undefined when there is none. The new one is made first, so that a crash between the two writes ends
 * nothing. CONFLICT when somebody else was faster.
 */
export async function rotateKey(
  { apiKeys, auditWriter, create, revoke, now }: RotationDeps,
  which: Filter<ApiKeyDocument>,
  rotation: KeyRotation,
): Promise<RotatedKey | undefined> {
  const found = await apiKeys.findOne(which);
  if (found === null) return undefined;
  const { next, previousUntil } = planRotation(found, rotation, now);
  const { acting = SYSTEM_ACTING } = rotation;
  const { id, key } = await create(next, acting);
  let isFirst = false;
  await changeAudited({ collection: apiKeys, auditWriter }, { _id: found._id }, (before) => {
    const { keyId: target, projectId, expiresAt, rotatedTo, revokedAt } = before;
    isFirst = rotatedTo === undefined && revokedAt === undefined;
    if (!isFirst) return undefined;
    const changes = changesBetween({ expiresAt }, { expiresAt: previousUntil }, ["expiresAt"]);
    const facts = { newKeyId: id };
    return {
      update: { $set: { rotatedTo: id, expiresAt: previousUntil } },
      report: { act: "key.rotate", acting, projectId, target, changes, facts },
    };
  });
  if (isFirst) return { id, key, previousUntil };
  await revoke(id, undefined, acting);
  throw conflict("is of a key that somebody else has replaced or revoked at this moment");
}

function conflict(what: string): CallLogError {
  return new CallLogError("CONFLICT", `id: ${what}; it can't be rotated`);
}
