import type { Collection, Document } from "mongodb";

import type { Collections } from "../collections.ts";
import { inOneBatch } from "../queries/in-one-batch.ts";
import { rootId } from "./rollup-pages.ts";

/** Most changed calls that are looked through; open calls are looked up one by one instead. */
export const MAX_CHANGES = 2000;
/** Rows of one answer: the changed calls, and one of each further part. */
const MAX_ROWS = MAX_CHANGES + 100;

type CallLogs = Collections["callLogs"];

/** A part of what is asked for: what a pipeline makes of a collection. */
export interface Part {
  of: Pick<Collection, "aggregate" | "collectionName" | "db">;
  pipeline: Document[];
}

/** A call with its present status. */
export interface Changed {
  _id: string;
  status: string;
}

interface Found extends Partial<Changed> {
  count?: number;
  version?: string;
}

/** What the parts of one command found together. */
export interface PartCounts {
  count: number;
  changed: Changed[];
  /** Of the page of the whole log; absent when it was not asked for, or is not there. */
  version?: string;
}

/** How many calls match. */
export function counting(callLogs: CallLogs, filter: Document): Part {
  return {
    of: callLogs,
    pipeline: [{ $match: filter }, { $group: { _id: null, count: { $sum: 1 } } }],
  };
}

/** The calls of a project that were changed since a time, or one more than `MAX_CHANGES`. */
export function changesOf(callLogs: CallLogs, projectId: string, since: Date): Part {
  return {
    of: callLogs,
    // In the order of an index that has nothing else, so that it is the one that is used.
    pipeline: [
      { $match: { projectId, updatedAt: { $gte: since } } },
      { $sort: { updatedAt: 1, _id: 1 } },
      { $limit: MAX_CHANGES + 1 },
      { $project: { status: 1 } },
    ],
  };
}

/** Calls of a project by their ids. */
export function listed(callLogs: CallLogs, projectId: string, ids: readonly string[]): Part {
  return {
    of: callLogs,
    pipeline: [{ $match: { _id: { $in: ids }, projectId } }, { $project: { status: 1 } }],
  };
}

/** Everything that a count needs of the database, in one command. */
export async function countedParts(
  parts: readonly Part[],
  options: { maxTimeMS: number },
): Promise<PartCounts> {
  const [first, ...others] = parts;
  if (first === undefined) return { count: 0, changed: [] };
  const unions = others.map(({ of, pipeline }) => ({
    $unionWith: { coll: of.collectionName, pipeline },
  }));
  const pipeline = [...first.pipeline, ...unions];
  const cursor = { batchSize: MAX_ROWS };
  const command = { aggregate: first.of.collectionName, pipeline, cursor, ...options };
  const found = await inOneBatch(first.of, command, () =>
    first.of.aggregate<Found>(pipeline, options).toArray(),
  );
  const versions = found.flatMap(({ version }) => version ?? []);
  return {
    count: found.reduce((all, { count = 0 }) => all + count, 0),
    changed: found.flatMap(({ _id, status }) =>
      _id !== undefined && status !== undefined ? [{ _id, status }] : [],
    ),
    ...(versions[0] !== undefined && { version: versions[0] }),
  };
}

/** The version of the page of the whole log. */
export function versionOf(periodSums: Part["of"], projectId: string): Part {
  return {
    of: periodSums,
    pipeline: [{ $match: { _id: rootId(projectId) } }, { $project: { version: 1 } }],
  };
}
