import { type Document, Int32 } from "bson";

import { toNumber } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import type { Collection } from "../collection.ts";
import { collected, countDocuments, type Query, streamDocuments } from "../find-documents.ts";
import { parseFilter } from "../parse-filter.ts";
import { type Paths, pathsOf } from "../pick-paths.ts";
import { parseSort } from "../sort-documents.ts";
import type { Work } from "../turns.ts";
import { neededPaths } from "./needed-paths.ts";
import type { PipelineEnvironment } from "./pipeline-environment.ts";
import { parsePipeline, runStages, type Stage } from "./pipeline.ts";

/** A pipeline as it is run: a query that can use an index, then the stages that it can't stand for. */
export interface PreparedPipeline {
  readonly query: Query;
  /** Set if the query only counts documents: the shape of the document with their number. */
  readonly count?: CountDocument | undefined;
  readonly stages: readonly Stage[];
  /** What the stages read of a found document; undefined for all. */
  readonly paths: Paths | undefined;
}

interface CountDocument {
  readonly id: unknown;
  readonly field: string;
}

/** Parses a pipeline; refuses what MongoDB, or this server, does not know. */
export function preparePipeline(pipeline: readonly unknown[]): PreparedPipeline {
  const stages = parsePipeline(pipeline);
  const { query, ...lead } = leadingQuery(pipeline);
  const count = query.sort.length === 0 ? countOf(pipeline[lead.stages]) : undefined;
  const done = lead.stages + (count === undefined ? 0 : 1);
  const needed = neededPaths(pipeline.slice(done));
  return { query, count, stages: stages.slice(done), paths: needed && pathsOf(needed) };
}

/** What a pipeline makes of a collection. */
export function* runPipeline(
  collection: Collection,
  { query, count, stages, paths }: PreparedPipeline,
  environment: PipelineEnvironment,
): Work<readonly Document[]> {
  const documents =
    count === undefined
      ? yield* collected(streamDocuments(collection, query, environment), (stored) =>
          paths === undefined ? stored.value : stored.paths(paths),
        )
      : counted((yield* countDocuments(collection, query, environment.deadline)).count, count);
  return yield* runStages(documents, stages, environment);
}

function counted(found: number, { id, field }: CountDocument): Document[] {
  return found === 0 ? [] : [{ _id: id, [field]: new Int32(found) }];
}

interface LeadingQuery {
  readonly query: Query;
  /** How many stages the query stands for. */
  readonly stages: number;
}

const ORDER = ["$match", "$sort", "$limit"] as const;

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
    skip: 0,
    limit: toNumber(found["$limit"]) ?? 0,
  };
  return { query, stages };
}

// What drivers send for `countDocuments`: `{ $group: { _id: 1, n: { $sum: 1 } } }`.
function countOf(stage: unknown): CountDocument | undefined {
  const group = asDocument(asDocument(stage)?.["$group"]);
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
