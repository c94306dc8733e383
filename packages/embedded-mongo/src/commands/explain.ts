import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { type Collection, keyPattern } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { CommandError, unsupported } from "../errors.ts";
import { type Query, findDocuments } from "../find-documents.ts";
import { parseQuery } from "../parse-query.ts";
import type { IndexPlan, QueryPlan } from "../query-plan.ts";
import { onOneState } from "../turns.ts";

/** Describes how a `find` is run, and what it costs. */
export async function explain(context: CommandContext): Promise<CommandReply> {
  const { catalog, deadline, turns } = context;
  const inner = asDocument(context.command["explain"]);
  if (inner === undefined) throw new CommandError("FailedToParse", "explain takes a command");
  const [name] = Object.keys(inner);
  if (name !== "find") throw unsupported(`explain of ${name}`);
  const namespace = `${context.database}.${String(inner[name])}`;
  const collection = catalog.read(namespace);
  const query = parseQuery(inner, "filter");
  const started = performance.now();
  const { documents, plan, stats } = await turns.run(
    onOneState(catalog, (view) => findDocuments(catalog.read(namespace, view), query, deadline)),
  );
  const winningPlan = describePlan(collection, query, plan);
  const planner = {
    queryPlanner: {
      plannerVersion: 1,
      namespace,
      indexFilterSet: false,
      winningPlan,
      rejectedPlans: [],
    },
  };
  if (context.command["verbosity"] === "queryPlanner") return planner;
  const executionStats = {
    executionSuccess: true,
    nReturned: documents.length,
    executionTimeMillis: Math.round(performance.now() - started),
    totalKeysExamined: stats.keysExamined,
    totalDocsExamined: stats.docsExamined,
    executionStages: { ...winningPlan, nReturned: documents.length },
  };
  return { ...planner, executionStats };
}

function describePlan(collection: Collection, query: Query, plan: QueryPlan): Document {
  const access = accessStage(collection, plan);
  const isSorted = query.sort.length === 0 || (plan.kind === "index" && plan.sorted);
  const sortPattern = Object.fromEntries(
    query.sort.map(({ path, direction }) => [path, direction]),
  );
  const sorted = isSorted ? access : { stage: "SORT", sortPattern, inputStage: access };
  return query.limit > 0
    ? { stage: "LIMIT", limitAmount: query.limit, inputStage: sorted }
    : sorted;
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
