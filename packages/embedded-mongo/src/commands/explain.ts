import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { Collection, keyPattern } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { CommandError } from "../errors.ts";
import { type Found, type Query, countDocuments, findDocuments } from "../find-documents.ts";
import { parseQuery } from "../parse-query.ts";
import type { IndexPlan, QueryPlan } from "../query-plan.ts";

const SUPPORTED = [
  "find",
  "count",
  "distinct",
  "findAndModify",
  "aggregate",
  "update",
  "delete",
] as const;

/** Tells how a query is run, and what that takes. */
export function explain(context: CommandContext): CommandReply {
  const inner = asDocument(context.command["explain"]);
  if (inner === undefined) throw new CommandError("FailedToParse", "explain takes a command");
  const name = SUPPORTED.find((candidate) => Object.keys(inner)[0] === candidate);
  if (name === undefined)
    throw new CommandError(
      "CommandNotFound",
      `Explain failed due to unknown command: ${Object.keys(inner)[0]}`,
    );
  const namespace = `${context.database}.${String(inner[name])}`;
  const collection = context.catalog.find(namespace) ?? new Collection(namespace);
  const query = queryOf(name, inner);
  const verbosity: unknown = context.command["verbosity"] ?? "allPlansExecution";
  const started = performance.now();
  const run =
    name === "count" ? runCount(collection, query, context) : runFind(collection, query, context);
  const winningPlan = describePlan(collection, query, { ...run, isCount: name === "count" });
  const planner = {
    queryPlanner: {
      plannerVersion: 1,
      namespace,
      indexFilterSet: false,
      winningPlan,
      rejectedPlans: [],
    },
  };
  if (verbosity === "queryPlanner") return planner;
  const executionStats = {
    executionSuccess: true,
    nReturned: run.nReturned,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: run.stats.keysExamined,
    totalDocsExamined: run.stats.docsExamined,
    executionStages: { ...winningPlan, nReturned: run.nReturned },
  };
  return { ...planner, executionStats };
}

type Run = Pick<Found, "plan" | "stats"> & { readonly nReturned: number };

function runFind(collection: Collection, query: Query, { deadline }: CommandContext): Run {
  const { documents, plan, stats } = findDocuments(collection, query, deadline);
  return { plan, stats, nReturned: documents.length };
}

function runCount(collection: Collection, query: Query, { deadline }: CommandContext): Run {
  const { plan, stats } = countDocuments(collection, query, deadline);
  return { plan, stats, nReturned: 1 };
}

function queryOf(name: (typeof SUPPORTED)[number], inner: Document): Query {
  if (name === "find") return parseQuery(inner, "filter");
  if (name === "update" || name === "delete")
    return parseQuery(firstStatement(inner[`${name}s`]), "q");
  if (name === "aggregate")
    return parseQuery(
      { ...leadingStages(inner["pipeline"]), hint: inner["hint"] as unknown },
      "filter",
    );
  return parseQuery(inner, "query");
}

function firstStatement(list: unknown): Document {
  const statement = Array.isArray(list) ? asDocument(list[0]) : undefined;
  if (statement === undefined)
    throw new CommandError("FailedToParse", "explain takes exactly one write statement");
  return { q: statement["q"] as unknown, hint: statement["hint"] as unknown };
}

function leadingStages(pipeline: unknown): Document {
  const stages = Array.isArray(pipeline)
    ? pipeline.map((stage: unknown) => asDocument(stage) ?? {})
    : [];
  const filter = stages[0]?.["$match"] as Document | undefined;
  const sort = stages[filter === undefined ? 0 : 1]?.["$sort"] as Document | undefined;
  return { ...(filter === undefined ? {} : { filter }), ...(sort === undefined ? {} : { sort }) };
}

interface Explained {
  readonly plan: QueryPlan;
  readonly isCount: boolean;
}

function describePlan(
  collection: Collection,
  query: Query,
  { plan, isCount }: Explained,
): Document {
  if (isCount && plan.kind === "index" && plan.exact) {
    return { stage: "COUNT", inputStage: { ...scanStage(collection, plan), stage: "COUNT_SCAN" } };
  }
  const access = accessStage(collection, plan);
  const isSorted = query.sort.length === 0 || (plan.kind === "index" && plan.sorted);
  const sortPattern = Object.fromEntries(
    query.sort.map(({ path, direction }) => [path, direction]),
  );
  const sorted = isSorted ? access : { stage: "SORT", sortPattern, inputStage: access };
  const limited =
    query.limit > 0 ? { stage: "LIMIT", limitAmount: query.limit, inputStage: sorted } : sorted;
  return isCount ? { stage: "COUNT", inputStage: limited } : limited;
}

function accessStage(collection: Collection, plan: QueryPlan): Document {
  switch (plan.kind) {
    case "collection":
      return { stage: "COLLSCAN", direction: plan.reverse ? "backward" : "forward" };
    case "index":
      return { stage: "FETCH", inputStage: scanStage(collection, plan) };
    case "union":
      return {
        stage: "FETCH",
        inputStage: {
          stage: "OR",
          inputStages: plan.branches.map((branch) => scanStage(collection, branch)),
        },
      };
  }
}

function scanStage(collection: Collection, plan: IndexPlan): Document {
  const index = collection.index(plan.index);
  return {
    stage: "IXSCAN",
    keyPattern: index === undefined ? {} : keyPattern(index.spec),
    indexName: plan.index,
    isMultiKey: index?.multikey.includes(true) ?? false,
    isUnique: index?.spec.unique ?? false,
    isSparse: index?.spec.sparse ?? false,
    isPartial: index?.spec.partialFilter !== undefined,
    direction: plan.reverse ? "backward" : "forward",
    ranges: plan.ranges.length,
  };
}
