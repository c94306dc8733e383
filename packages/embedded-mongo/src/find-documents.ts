import type { Document } from "bson";

import type { Collection } from "./collection.ts";
import type { Deadline } from "./deadline.ts";
import { type ExecutionStats, countKeys, executePlan } from "./execute-plan.ts";
import type { Filter } from "./filter.ts";
import type { KeyField } from "./index-spec.ts";
import { matchFilter } from "./match-filter.ts";
import { resolveHint } from "./query-hint.ts";
import { type QueryPlan, planQuery } from "./query-plan.ts";
import { sortBy } from "./sort-documents.ts";
import type { StoredDocument } from "./stored-document.ts";

/** A parsed query on a collection. */
export interface Query {
  readonly filter: Filter;
  readonly sort: readonly KeyField[];
  readonly skip: number;
  /** 0 means no limit. */
  readonly limit: number;
  readonly hint?: Document | string | undefined;
}

/** The result of a query with what it took. */
export interface Found {
  readonly documents: readonly StoredDocument[];
  readonly plan: QueryPlan;
  readonly stats: ExecutionStats;
}

/** Plans a query; refuses a hint that names no index. */
export function planFor(collection: Collection, query: Query): QueryPlan {
  const hint = resolveHint(collection, query.hint);
  if (hint?.natural !== undefined) return { kind: "collection", reverse: hint.natural === -1 };
  return planQuery(
    { filter: query.filter, sort: query.sort, hint: hint?.index },
    collection.indexes,
  );
}

/** Finds the documents that match, in order, within skip and limit. */
export function findDocuments(collection: Collection, query: Query, deadline: Deadline): Found {
  const plan = planFor(collection, query);
  const stats: ExecutionStats = { keysExamined: 0, docsExamined: 0 };
  const isOrdered = query.sort.length === 0 || (plan.kind === "index" && plan.sorted);
  const enough = isOrdered && query.limit > 0 ? query.skip + query.limit : Infinity;
  const matches: StoredDocument[] = [];
  for (const stored of executePlan(collection, plan, stats)) {
    deadline.check();
    if (!matchFilter(query.filter, stored.value)) continue;
    matches.push(stored);
    if (matches.length >= enough) break;
  }
  const ordered = isOrdered ? matches : sortBy(matches, query.sort, ({ value }) => value);
  const end = query.limit > 0 ? query.skip + query.limit : undefined;
  return {
    documents: query.skip === 0 && end === undefined ? ordered : ordered.slice(query.skip, end),
    plan,
    stats,
  };
}

/** Counts the documents that match; keys alone are counted where they tell the whole truth. */
export function countDocuments(
  collection: Collection,
  query: Query,
  deadline: Deadline,
): Omit<Found, "documents"> & { count: number } {
  const plan = planFor(collection, query);
  const stats: ExecutionStats = { keysExamined: 0, docsExamined: 0 };
  const enough = query.limit > 0 ? query.skip + query.limit : Infinity;
  let count = 0;
  if (plan.kind === "index" && plan.exact) {
    count = countKeys(collection, plan, stats);
  } else if (plan.kind === "collection" && matchesAll(query.filter)) {
    count = collection.size;
  } else {
    for (const stored of executePlan(collection, plan, stats)) {
      deadline.check();
      if (matchFilter(query.filter, stored.value)) count += 1;
      if (count >= enough) break;
    }
  }
  return { count: Math.max(0, Math.min(count, enough) - query.skip), plan, stats };
}

function matchesAll(filter: Filter): boolean {
  return filter.kind === "and" && filter.children.every(matchesAll);
}
