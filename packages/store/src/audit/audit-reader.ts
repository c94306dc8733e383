import type { AuditCountQuery, AuditLine, AuditListQuery, Filter } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import { afterPosition, type CursorList, decodeCursor } from "../queries/cursor.ts";
import { toMongoFilter } from "../queries/filter.ts";
import { type FoundPage, pageOfFound } from "../queries/found-page.ts";
import { orInParts } from "../queries/read-scope.ts";
import {
  countInWindows,
  type MatchCount,
  pageInWindows,
  type SlowSearch,
} from "../queries/search-in-windows.ts";
import { timesAskedFor } from "../queries/times-asked-for.ts";
import { type AuditDocument, INSTALLATION } from "./audit-document.ts";

/** Owner of the trail: a project's id, or null for the installation. */
export type AuditScope = string | null;

/** One page of lines. */
export interface AuditPage extends MatchCount, FoundPage<AuditLine> {
  skip: number;
  limit: number;
}

/**
 * The audit trail, as the APIs read it. A search that takes too long is answered as far as it is known for who asks for
 * parts, and BAD_REQUEST for others.
 */
export interface AuditReader {
  list(scope: AuditScope, input: AuditListQuery): Promise<AuditPage>;
  count(scope: AuditScope, input: AuditCountQuery): Promise<MatchCount>;
}

/** Longest time that the database may spend on one query, and how long an answer in parts goes on, in milliseconds. */
const LIMITS = { maxTimeMS: 5000, sliceMs: 2000 };
const ONE_QUERY = { maxTimeMS: LIMITS.maxTimeMS };

type Lines = Collection<AuditDocument>;

/** Reads lines from their collection, always within one scope. */
export function createAuditReader(auditLog: Lines): AuditReader {
  const count: AuditReader["count"] = (scope, { query, inParts }) =>
    orInParts<MatchCount>(
      inParts,
      async () => ({ count: await auditLog.countDocuments(scoped(scope, query), ONE_QUERY) }),
      () => countInWindows(slowSearch(auditLog, { scope, query, after: [] })),
    );
  return {
    count,
    async list(scope, input) {
      const { skip, limit } = input;
      const [{ data, ...more }, counted] = await Promise.all([
        pageOf(auditLog, scope, input),
        count(scope, input),
      ]);
      const lines = data.map((line) => shown(line, scope));
      return { data: lines, ...more, ...counted, skip, limit };
    },
  };
}

async function pageOf(
  auditLog: Lines,
  scope: AuditScope,
  { query, sort, skip, limit, cursor, inParts }: AuditListQuery,
): Promise<FoundPage<AuditDocument>> {
  const list: CursorList = { projectId: scope ?? INSTALLATION, query, sort };
  const after = cursor === undefined ? [] : [afterPosition(decodeCursor(cursor, list), sort)];
  const found = () =>
    auditLog
      .find({ $and: [scoped(scope, query), ...after] }, ONE_QUERY)
      .sort(Object.fromEntries(sort.map(({ path, direction }) => [path, direction])))
      .skip(skip)
      .limit(limit + 1)
      .toArray();
  return orInParts(
    inParts,
    async () => pageOfFound(await found(), list, limit),
    () => pageInWindows(slowSearch(auditLog, { scope, query, after }), { list, skip, limit }),
  );
}

function slowSearch(
  auditLog: Lines,
  { scope, query, after }: { scope: AuditScope; query: Filter; after: readonly Document[] },
): SlowSearch {
  return {
    collection: auditLog as unknown as Collection,
    scope: { scopes: scope ?? INSTALLATION },
    matching: { $and: [scoped(scope, query), ...after] },
    times: timesAskedFor(query),
    ...LIMITS,
  };
}

// The scope is put on last; nothing rewrites keys after it.
function scoped(scope: AuditScope, query: Filter): Document {
  return { $and: [{ scopes: scope ?? INSTALLATION }, toMongoFilter(query)] };
}

function shown(document: AuditDocument, scope: AuditScope): AuditLine {
  const { scopes: _scopes, expireAt: _expireAt, operatorAddress, ...line } = document;
  return scope === null && operatorAddress !== undefined
    ? { ...line, address: operatorAddress }
    : line;
}
