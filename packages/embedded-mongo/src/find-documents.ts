import type { Collection } from "./collection.ts";
import type { Deadline } from "./deadline.ts";
import { type ExecutionStats, countPlanKeys, executePlan } from "./execute-plan.ts";
import type { Filter } from "./filter.ts";
import type { KeyField } from "./index-spec.ts";
import { fieldsOf, matchFilter } from "./match-filter.ts";
import { type QueryPlan, planQuery } from "./query-plan.ts";
import { compareKeys, sortKey } from "./sort-documents.ts";
import type { StoredDocument } from "./stored-document.ts";
import { TopK } from "./top-k.ts";
import { PAUSE, type Work } from "./turns.ts";

/** A parsed query on a collection. */
export interface Query {
  readonly filter: Filter;
  readonly sort: readonly KeyField[];
  readonly skip: number;
  /** 0 means no limit. */
  readonly limit: number;
}

/** The result of a query with what it took. */
export interface Found {
  readonly documents: readonly StoredDocument[];
  readonly plan: QueryPlan;
  readonly stats: ExecutionStats;
}

/** Plans a query. */
export function planFor(collection: Collection, { filter, sort }: Query): QueryPlan {
  return planQuery({ filter, sort }, collection.indexes);
}

/** A query that is under way. */
interface Execution {
  readonly collection: Collection;
  readonly query: Query;
  readonly plan: QueryPlan;
  readonly stats: ExecutionStats;
  /** The moment by which the command that now reads on must be done. */
  readonly watch: { readonly deadline: Deadline };
}

/** Documents as they are found, and pauses between them. */
type FoundStream = Generator<StoredDocument | typeof PAUSE>;

/** Finds the documents that match, in order, within skip and limit. */
export function* findDocuments(
  collection: Collection,
  query: Query,
  deadline: Deadline,
): Work<Found> {
  const execution = execute(collection, query, { deadline });
  const documents = yield* collected(foundBy(execution), (stored) => stored);
  return { documents, plan: execution.plan, stats: execution.stats };
}

/** What is made of each document of a stream. */
export function* collected<Item>(
  found: FoundStream,
  make: (stored: StoredDocument) => Item,
): Work<Item[]> {
  const items: Item[] = [];
  for (const stored of found) {
    if (stored === PAUSE) yield PAUSE;
    else items.push(make(stored));
  }
  return items;
}

/** Finds documents as they are asked for; they are read from disk one by one. */
export function streamDocuments(
  collection: Collection,
  query: Query,
  watch: Execution["watch"],
): FoundStream {
  return foundBy(execute(collection, query, watch));
}

function execute(collection: Collection, query: Query, watch: Execution["watch"]): Execution {
  const plan = planFor(collection, query);
  return { collection, query, plan, stats: { keysExamined: 0, docsExamined: 0 }, watch };
}

function* foundBy(execution: Execution): FoundStream {
  const { plan, query } = execution;
  const isOrdered = query.sort.length === 0 || (plan.kind === "index" && plan.sorted);
  let toSkip = query.skip;
  let left = query.limit > 0 ? query.limit : Infinity;
  for (const stored of isOrdered ? matches(execution) : sorted(execution)) {
    if (stored === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    yield stored;
    left -= 1;
    if (left === 0) return;
  }
}

function* matches({ collection, query, plan, stats, watch }: Execution): FoundStream {
  const matchesAllOf = (plan.kind === "index" && plan.exact) || matchesAll(query.filter);
  const names = fieldsOf(query.filter);
  for (const stored of executePlan(collection, plan, stats)) {
    if (watch.deadline.check()) yield PAUSE;
    if (matchesAllOf || matchFilter(query.filter, stored.fields(names))) yield stored;
  }
}

/** Sorts those that are equal in the fields by which the plan has them in order. */
function* sorted(execution: Execution): FoundStream {
  const { collection, query, plan } = execution;
  const ordered = query.sort.slice(0, plan.kind === "index" ? plan.sortedBy : 0);
  const paths = query.sort.map(({ path }) => path.split("."));
  const names = new Set(paths.map(([name = ""]) => name));
  let group = new TopK(query);
  for (const stored of matches(execution)) {
    if (stored === PAUSE) {
      yield PAUSE;
      continue;
    }
    const key = sortKey(stored.fields(names), paths, query.sort);
    if (compareKeys(group.anyKey ?? key, key, ordered) !== 0) {
      yield* documentsOf(collection, group);
      group = new TopK(query);
    }
    group.add({ record: stored.record, key });
  }
  yield* documentsOf(collection, group);
}

function* documentsOf(collection: Collection, group: TopK): Generator<StoredDocument> {
  for (const { record } of group.inOrder()) yield collection.get(record) as StoredDocument;
}

/** Counts the documents that match; keys alone are counted where they tell the whole truth. */
export function* countDocuments(
  collection: Collection,
  query: Query,
  deadline: Deadline,
): Work<Omit<Found, "documents"> & { count: number }> {
  const execution = execute(collection, query, { deadline });
  const { plan, stats } = execution;
  const enough = query.limit > 0 ? query.skip + query.limit : Infinity;
  let count = 0;
  if (plan.kind === "index" && plan.exact) {
    count = countPlanKeys(collection, plan, stats);
  } else if (plan.kind === "collection" && matchesAll(query.filter)) {
    count = collection.size;
  } else {
    for (const stored of matches(execution)) {
      if (stored === PAUSE) yield PAUSE;
      else count += 1;
      if (count >= enough) break;
    }
  }
  return { count: Math.max(0, Math.min(count, enough) - query.skip), plan, stats };
}

function matchesAll(filter: Filter): boolean {
  return filter.kind === "and" && filter.children.every(matchesAll);
}
