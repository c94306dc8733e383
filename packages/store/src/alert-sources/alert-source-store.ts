import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

import {
  type Acting,
  type AlertDelivery,
  type AlertDeliverySummary,
  type AlertRefusal,
  type AlertSource,
  type AlertSourceChange,
  type BackToSource,
  type NewAlertSource,
  SYSTEM_ACTING,
} from "@call-log/model";
import type { Collection } from "mongodb";
import { v7 } from "uuid";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { NOT_REMOVED } from "../audit/delete-after-filing.ts";
import { shortCache } from "../batching/short-cache.ts";
import { keepDelivery, lastDeliveries } from "./alert-deliveries.ts";
import { deleteSource, insertSource, rotateToken, updateSource } from "./alert-source-acts.ts";
import type { AlertDeliveryDocument, AlertSourceDocument } from "./alert-source-documents.ts";
import { readBack, shownStoredBack } from "./stored-back.ts";

/** A source as a list shows it, with its newest token's age and nothing that could be used. */
export interface AlertSourceInfo extends AlertSource {
  tokenCreatedAt: Date;
  /** Until then the token before it is valid, too. */
  previousTokenUntil?: Date;
  /** How many notifications came so far. */
  deliveryCount: number;
  /** For how many alerts a call was placed so far. */
  calledCount: number;
  /** Absent before the first notification. */
  lastDelivery?: AlertDeliverySummary;
  /** Absent while nothing was refused. */
  lastRefusal?: AlertRefusal;
}

/** Which source of which project, and who acts. @defaultValue `acting` is call-log itself */
export interface AlertSourceRef {
  projectId: string;
  id: string;
  acting?: Acting | undefined;
}

/** The alert sources of projects. Only hashes of tokens are stored. A revoked token ends at once where it is revoked, within half a second on other nodes. */
export interface AlertSourceStore {
  /** Create a source. This is the only time that its token is shown. */
  create(
    projectId: string,
    source: NewAlertSource,
    acting?: Acting,
  ): Promise<{ source: AlertSourceInfo; token: string }>;
  /** Change a source; undefined when the project has no such one. */
  update(ref: AlertSourceRef, change: AlertSourceChange): Promise<AlertSourceInfo | undefined>;
  /** Give a source a new token, shown this once; those before stay valid for so many milliseconds. Undefined when there is no such source. */
  rotateToken(
    ref: AlertSourceRef,
    overlapMs: number,
  ): Promise<{ source: AlertSourceInfo; token: string } | undefined>;
  /** Delete a source with its deliveries; false when there is no such one. */
  delete(ref: AlertSourceRef): Promise<boolean>;
  /** A project's sources, oldest first. */
  list(projectId: string): Promise<AlertSourceInfo[]>;
  find(projectId: string, id: string): Promise<AlertSourceInfo | undefined>;
  /** How a source is informed of acknowledgements, with its secret, and by which rule it calls; undefined when it is not, or is gone. */
  backOf(projectId: string, id: string): Promise<InformedSource | undefined>;
  /** The source that a token belongs to, or undefined for one that is unknown or over. */
  authenticate(token: string): Promise<AlertSource | undefined>;
  /** The source that a token belongs to, or belonged to before it was replaced; undefined for one that is unknown or long replaced. */
  ownerOf(token: string): Promise<Pick<AlertSource, "_id" | "projectId"> | undefined>;
  /** Keep a notification as one of the source's last ones. */
  noteDelivery(
    source: Pick<AlertSource, "_id" | "projectId">,
    delivery: AlertDelivery,
  ): Promise<void>;
  /** The last notifications of a project's source, and the last ones of which something was refused, newest first. */
  deliveries(projectId: string, id: string): Promise<AlertDelivery[]>;
}

/** A source that is informed. */
export interface InformedSource extends Pick<AlertSource, "name" | "rule"> {
  back: BackToSource;
}

/** How long a token that was looked up is not looked up again, in milliseconds. */
const LOOK_UP_HOLDS_MS = 500;
const MAX_REMEMBERED = 10_000;

/** What the sources are kept in and by. */
export interface AlertSourceStoreDeps {
  alertSources: Collection<AlertSourceDocument>;
  alertDeliveries: Collection<AlertDeliveryDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
  elapsedMs: () => number;
}

/** The sources in a MongoDB collection. */
export function createAlertSourceStore(deps: AlertSourceStoreDeps): AlertSourceStore {
  const { alertSources, alertDeliveries, now, elapsedMs } = deps;
  const cache = shortCache<AlertSourceDocument>({
    validMs: LOOK_UP_HOLDS_MS,
    maxEntries: MAX_REMEMBERED,
    elapsedMs,
  });

  const byHash = (hash: string) =>
    cache.get(hash, () => alertSources.findOne({ "tokens.hash": hash }));

  const refAt = ({ projectId, id, acting = SYSTEM_ACTING }: AlertSourceRef) => ({
    projectId,
    id,
    acting,
    at: now(),
  });

  return {
    async create(projectId, source, acting = SYSTEM_ACTING) {
      const { token, hash } = newToken();
      const document = newDocument(source, { projectId, hash, at: now() });
      await insertSource(deps, document, acting);
      return { source: infoOf(document), token };
    },

    async update(ref, change) {
      const after = await updateSource(deps, refAt(ref), change);
      cache.clear();
      return after && infoOf(after);
    },

    async rotateToken(ref, overlapMs) {
      const { token, hash } = newToken();
      const after = await rotateToken(deps, refAt(ref), { hash, overlapMs });
      cache.clear();
      return after && { source: infoOf(after), token };
    },

    async delete(ref) {
      const isDeleted = await deleteSource(deps, refAt(ref));
      cache.clear();
      if (isDeleted) await alertDeliveries.deleteMany({ sourceId: ref.id });
      return isDeleted;
    },

    ...reads(alertSources),

    async authenticate(token) {
      const hash = hashOf(token);
      const found = await byHash(hash);
      return found === null || !isValid(found, hash, now()) ? undefined : infoOf(found);
    },

    async ownerOf(token) {
      const found = await byHash(hashOf(token));
      return found === null || found.removedAt !== undefined ? undefined : infoOf(found);
    },

    noteDelivery: (source, delivery) => keepDelivery(deps, source, delivery),

    deliveries: (projectId, id) => lastDeliveries(alertDeliveries, { projectId, sourceId: id }),
  };
}

function reads(
  alertSources: Collection<AlertSourceDocument>,
): Pick<AlertSourceStore, "list" | "find" | "backOf"> {
  return {
    async list(projectId) {
      const sort = { createdAt: 1, _id: 1 } as const;
      const found = await alertSources.find({ projectId, ...NOT_REMOVED }, { sort }).toArray();
      return found.map(infoOf);
    },

    async find(projectId, id) {
      const found = await alertSources.findOne({ _id: id, projectId, ...NOT_REMOVED });
      return found === null ? undefined : infoOf(found);
    },

    async backOf(projectId, id) {
      const found = await alertSources.findOne({ _id: id, projectId, ...NOT_REMOVED });
      const back = readBack(found?.back);
      return found && back ? { name: found.name, rule: found.rule, back } : undefined;
    },
  };
}

function isValid({ tokens, removedAt }: AlertSourceDocument, hash: string, now: Date): boolean {
  const token = tokens.find((one) => isSame(one.hash, hash));
  if (token === undefined || removedAt !== undefined) return false;
  return token.validUntil === undefined || token.validUntil > now;
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

function infoOf(document: AlertSourceDocument): AlertSourceInfo {
  const { unfiledActs: _acts, actCount: _count, removedAt: _removed, ...rest } = document;
  const { tokens, back: stored, refusedCount: _refused, calledCount = 0, ...source } = rest;
  const back = shownStoredBack(stored);
  const previous = tokens.at(-2)?.validUntil;
  return {
    ...source,
    calledCount,
    ...(back !== undefined && { back }),
    tokenCreatedAt: tokens.at(-1)?.createdAt ?? source.createdAt,
    ...(previous !== undefined && { previousTokenUntil: previous }),
  };
}

// As long as a routing key of PagerDuty, which some programs check.
function newToken(): { token: string; hash: string } {
  const token = randomBytes(16).toString("hex");
  return { token, hash: hashOf(token) };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

function newDocument(
  { mapping, back, ...source }: NewAlertSource,
  { projectId, hash, at }: { projectId: string; hash: string; at: Date },
): AlertSourceDocument {
  return {
    ...source,
    ...(mapping !== undefined && { mapping }),
    ...(back !== undefined && { back: JSON.stringify(back) }),
    _id: v7(),
    projectId,
    enabled: true,
    createdAt: at,
    updatedAt: at,
    tokens: [{ hash, createdAt: at }],
    deliveryCount: 0,
  };
}
