import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

import {
  type Acting,
  CallLogError,
  isOfInstallation,
  type Permission,
  SYSTEM_ACTING,
} from "@call-log/model";
import type { Collection, Filter } from "mongodb";
import { v7 } from "uuid";

import { WITHOUT_ACTS } from "../audit/audit-document.ts";
import type { AuditWriter } from "../audit/audit-trail.ts";
import { shortCache } from "../batching/short-cache.ts";
import { isDuplicateKey } from "../database-error.ts";
import type { ApiKeyDocument } from "./access-documents.ts";
import { insertKey, revokeKey } from "./api-key-acts.ts";
import { type Authenticated, identityOf } from "./identity.ts";
import type { NewApiKey } from "./new-api-key.ts";
import { type KeyRotation, type RotatedKey, rotateKey } from "./rotate-key.ts";

/** A key as lists show it, without its secret. */
export interface ApiKeyInfo extends NewApiKey {
  id: string;
  createdAt: Date;
  revokedAt?: Date;
  /** Within a minute, and from which address. */
  lastUsedAt?: Date;
  lastUsedFrom?: string;
  /** Id of the key that replaced it. */
  rotatedTo?: string;
}

/** Owner of a key: a project's id, or null for the installation. */
export type KeyOwner = string | null;

/** How long a looked-up key is cached, in milliseconds: a revocation holds on every node within that time. */
const LOOK_UP_HOLDS_MS = 500;

/** Most keys in the cache. */
const MAX_REMEMBERED = 10_000;

/**
 * The API keys. Only hashes are stored. Without `acting`, the actor is call-log itself. A revocation holds at once in
 * this process, within half a second in others.
 */
export interface ApiKeyStore {
  /**
   * Create a key. This is the only time that it is shown. BAD_REQUEST for Operator in a project, and for any other
   * permission without one.
   */
  create(newKey: NewApiKey, acting?: Acting): Promise<{ id: string; key: string }>;
  /** Register a key chosen by the caller. Does nothing if the key exists, even if it was revoked. */
  createWithKey(
    newKey: NewApiKey & { key: string },
    acting?: Acting,
  ): Promise<{ id: string; created: boolean }>;
  /** The identity behind a key, or undefined when the key is unknown, expired or revoked. */
  authenticate(key: string, now?: Date): Promise<Authenticated | undefined>;
  /**
   * The identity behind the key with this id, or undefined when it is unknown, expired or revoked; for sessions begun
   * with the key.
   */
  identify(keyId: string, now?: Date): Promise<Authenticated | undefined>;
  /**
   * Replace a key, of this owner if one is given, with a new one; undefined when there is no such key. See
   * `planRotation`.
   */
  rotate(keyId: string, rotation: KeyRotation, owner?: KeyOwner): Promise<RotatedKey | undefined>;
  /** Revoke a key, of this owner if one is given; false when there is no such key. */
  revoke(keyId: string, owner?: KeyOwner, acting?: Acting): Promise<boolean>;
  /** The keys of a project or of the installation, oldest first. */
  list(owner: KeyOwner): Promise<ApiKeyInfo[]>;
}

/** The API keys in a MongoDB collection. */
export function createApiKeyStore(deps: {
  apiKeys: Collection<ApiKeyDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
  elapsedMs: () => number;
}): ApiKeyStore {
  const { apiKeys, auditWriter, now: clock, elapsedMs } = deps;
  const { forget, ...lookUps } = keyLookUps({ apiKeys, clock, elapsedMs });

  async function createWithKey(
    { key, projectId, ...newKey }: NewApiKey & { key: string },
    acting: Acting = SYSTEM_ACTING,
  ) {
    requireOneScope(newKey.permissions, projectId);
    const scope = projectId === undefined ? {} : { projectId };
    const document = { _id: hashOf(key), keyId: v7(), ...scope, ...newKey, createdAt: clock() };
    try {
      await insertKey({ apiKeys, auditWriter }, document, acting);
      return { id: document.keyId, created: true };
    } catch (error) {
      const present = isDuplicateKey(error) && (await apiKeys.findOne({ _id: document._id }));
      if (!present) throw error;
      return { id: present.keyId, created: false };
    }
  }

  async function create(newKey: NewApiKey, acting?: Acting) {
    const key = `cl_${randomBytes(32).toString("base64url")}`;
    const { id } = await createWithKey({ ...newKey, key }, acting);
    return { id, key };
  }

  async function revoke(keyId: string, owner?: KeyOwner, acting: Acting = SYSTEM_ACTING) {
    const when = { acting, at: clock() };
    const isKnown = await revokeKey({ apiKeys, auditWriter }, keyOf(keyId, owner), when);
    forget();
    return isKnown;
  }

  return {
    createWithKey,
    create,
    revoke,
    ...lookUps,

    async rotate(keyId, rotation, owner) {
      const deps = { apiKeys, auditWriter, create, revoke, now: clock() };
      const rotated = await rotateKey(deps, keyOf(keyId, owner), rotation);
      forget();
      return rotated;
    },

    list: (owner) => listKeys(apiKeys, owner),
  };
}

// Identities behind keys, cached for a moment.
function keyLookUps(deps: {
  apiKeys: Collection<ApiKeyDocument>;
  clock: () => Date;
  elapsedMs: () => number;
}) {
  const { apiKeys, clock, elapsedMs } = deps;
  const cache = shortCache<ApiKeyDocument>({
    validMs: LOOK_UP_HOLDS_MS,
    maxEntries: MAX_REMEMBERED,
    elapsedMs,
  });
  return {
    forget: () => cache.clear(),

    async authenticate(key: string, now = clock()) {
      const hash = hashOf(key);
      const found = await cache.get(hash, () => apiKeys.findOne({ _id: hash }));
      return found && isSameHash(found._id, hash) && isValid(found, now)
        ? identityOf(found)
        : undefined;
    },

    async identify(keyId: string, now = clock()) {
      const found = await cache.get(keyId, () => apiKeys.findOne({ keyId }));
      return found && isValid(found, now) ? identityOf(found) : undefined;
    },
  };
}

function hashOf(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

async function listKeys(
  apiKeys: Collection<ApiKeyDocument>,
  owner: KeyOwner,
): Promise<ApiKeyInfo[]> {
  const options = { projection: WITHOUT_ACTS, sort: { createdAt: 1, _id: 1 } } as const;
  const found = await apiKeys.find(ownedBy(owner), options).toArray();
  return found.map(({ _id, keyId, ...info }) => ({ id: keyId, ...info }));
}

function keyOf(keyId: string, owner: KeyOwner | undefined): Filter<ApiKeyDocument> {
  return { keyId, ...(owner !== undefined && ownedBy(owner)) };
}

function ownedBy(owner: KeyOwner): Filter<ApiKeyDocument> {
  return { projectId: owner === null ? { $exists: false } : owner };
}

// A key with both kinds would let a project's administrator act on the installation.
function requireOneScope(permissions: readonly Permission[], projectId: string | undefined): void {
  const isProjects = projectId !== undefined;
  const wrong = permissions.find((name) => isOfInstallation(name) === isProjects);
  if (wrong === undefined) return;
  throw new CallLogError(
    "BAD_REQUEST",
    isProjects
      ? `permissions: ${wrong} is for keys of the installation; a key of a project can't have it`
      : `permissions: ${wrong} is for keys of a project; a key of the installation can't have it`,
  );
}

function isValid({ expiresAt, revokedAt }: ApiKeyDocument, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}
