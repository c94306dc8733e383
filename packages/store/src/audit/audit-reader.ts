import type { AuditLine, AuditListQuery, Filter } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import { afterPosition, type CursorList, decodeCursor, encodeCursor } from "../queries/cursor.ts";
import { toMongoFilter } from "../queries/filter.ts";
import { withinTimeLimit } from "../queries/read-scope.ts";
import { type AuditDocument, INSTALLATION } from "./audit-document.ts";

/** Owner of the trail: a project's id, or null for the installation. */
export type AuditScope = string | null;

/** One page of lines. */
export interface AuditPage {
  data: AuditLine[];
  /** How many match in all pages. */
  count: number;
  skip: number;
  limit: number;
  /** Cursor of the next page; absent on the last one. */
  nextCursor?: string;
}

/** The audit trail, as the APIs read it. Throws SERVICE_UNAVAILABLE when a search takes too long. */
export interface AuditReader {
  list(scope: AuditScope, input: AuditListQuery): Promise<AuditPage>;
  count(scope: AuditScope, query: Filter): Promise<number>;
}

/** Longest time that the database may spend on one query, in milliseconds. */
const TIME_LIMIT_MS = 5000;

/** Reads lines from their collection, always within one scope. */
export function createAuditReader(auditLog: Collection<AuditDocument>): AuditReader {
  const options = { maxTimeMS: TIME_LIMIT_MS };
  const count = (scope: AuditScope, query: Filter) =>
    withinTimeLimit(() => auditLog.countDocuments(scoped(scope, query), options));
  return {
    count,
    list: (scope, { query, sort, skip, limit, cursor }) =>
      withinTimeLimit(async () => {
        const list: CursorList = { projectId: scope ?? INSTALLATION, query, sort };
        const after = cursor === undefined ? [] : [afterPosition(decodeCursor(cursor, list), sort)];
        const found = auditLog
          .find({ $and: [scoped(scope, query), ...after] }, options)
          .sort(Object.fromEntries(sort.map(({ path, direction }) => [path, direction])))
          .skip(skip)
          .limit(limit + 1)
          .toArray();
        const [documents, all] = await Promise.all([found, count(scope, query)]);
        const data = documents.slice(0, limit).map((line) => shown(line, scope));
        const last = data.at(-1);
        const page = { data, count: all, skip, limit };
        if (documents.length <= limit || last === undefined) return page;
        const { createdAt, _id } = last;
        return { ...page, nextCursor: encodeCursor({ createdAt, _id }, list) };
      }),
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
