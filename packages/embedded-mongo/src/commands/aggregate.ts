import { type Document, Int32 } from "bson";

import { parsePipeline, runStages } from "../aggregation/pipeline.ts";
import { encode, encodeCursorReply } from "../bson-bytes.ts";
import { toNumber } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { arrayField, countField, documentField, flagField } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { type Query, countDocuments, findDocuments } from "../find-documents.ts";
import { parseFilter } from "../parse-filter.ts";
import { hintOf } from "../parse-query.ts";
import { parseSort } from "../sort-documents.ts";

const DEFAULT_BATCH_SIZE = 101;

/** Runs a pipeline on a collection. */
export function aggregate(context: CommandContext): CommandReply {
  const { command, database, cursors } = context;
  const name: unknown = command["aggregate"];
  if (typeof name !== "string")
    throw new CommandError(
      "NotImplemented",
      "aggregate without a collection is not supported by this server",
    );
  if (flagField(command, "explain"))
    throw new CommandError("NotImplemented", "use the explain command to explain an aggregate");
  if (asDocument(command["cursor"]) === undefined) {
    throw new CommandError(
      "FailedToParse",
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  const namespace = `${database}.${name}`;
  const encoded = run(context, namespace, arrayField(command, "pipeline"));
  const batchSize = countField(documentField(command, "cursor"), "batchSize", DEFAULT_BATCH_SIZE);
  const batch = cursors.open(namespace, encoded, { batchSize, single: false });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

function run(
  { catalog, command, database, deadline }: CommandContext,
  namespace: string,
  pipeline: readonly unknown[],
): Uint8Array[] {
  const stages = parsePipeline(pipeline);
  const lead = leadingQuery(pipeline);
  const query = { ...lead.query, hint: hintOf(command["hint"]) };
  const collection = catalog.find(namespace) ?? new Collection(namespace);
  const count = countOnly(pipeline.slice(lead.stages));
  if (count !== undefined && query.sort.length === 0) {
    const found = countDocuments(collection, query, deadline).count;
    return found === 0 ? [] : [encode({ _id: count.id, [count.field]: new Int32(found) })];
  }
  const { documents } = findDocuments(collection, query, deadline);
  if (lead.stages === pipeline.length) return documents.map(({ bytes }) => bytes);
  const environment = {
    deadline,
    findCollection: (name: string) => catalog.find(`${database}.${name}`),
  };
  const results = runStages(
    documents.map(({ value }) => value),
    stages.slice(lead.stages),
    environment,
  );
  return results.map((result) => encode(result));
}

interface LeadingQuery {
  readonly query: Query;
  /** How many stages the query stands for. */
  readonly stages: number;
}

const ORDER = ["$match", "$sort", "$skip", "$limit"] as const;

// The stages at the start that a query can do, so that it can use an index.
function leadingQuery(pipeline: readonly unknown[]): LeadingQuery {
  const found: Record<string, unknown> = {};
  let next = 0;
  let stages = 0;
  for (const stage of pipeline) {
    const document = asDocument(stage) ?? {};
    const at = ORDER.findIndex((name, index) => index >= next && name in document);
    if (at < 0) break;
    found[ORDER[at] as string] = document[ORDER[at] as string];
    next = at + 1;
    stages += 1;
  }
  const query = {
    filter: parseFilter(asDocument(found["$match"]) ?? {}),
    sort: parseSort(asDocument(found["$sort"]) ?? {}),
    skip: toNumber(found["$skip"]) ?? 0,
    limit: toNumber(found["$limit"]) ?? 0,
  };
  return { query, stages };
}

// What drivers send for `countDocuments`: `{ $group: { _id: 1, n: { $sum: 1 } } }`.
function countOnly(rest: readonly unknown[]): { id: unknown; field: string } | undefined {
  const group: Document | undefined =
    rest.length === 1 ? asDocument(asDocument(rest[0])?.["$group"]) : undefined;
  if (group === undefined) return undefined;
  const id: unknown = group["_id"];
  const [field, ...others] = Object.keys(group).filter((name) => name !== "_id");
  if (field === undefined || others.length > 0 || (id !== null && toNumber(id) === undefined))
    return undefined;
  const accumulator = asDocument(group[field]);
  const isCount =
    Object.keys(accumulator ?? {}).join() === "$sum" && toNumber(accumulator?.["$sum"]) === 1;
  return isCount && accumulator?.["$sum"] instanceof Int32 ? { id, field } : undefined;
}
