import type { Collection, Document } from "mongodb";

import { isPassing } from "../database-error.ts";

/** A `find` whose answer fits into the first batch, as a rule: at most 101 documents. */
export interface BatchSearch {
  filter: Document;
  projection?: Document;
  sort?: Readonly<Record<string, 1 | -1>>;
  skip?: number;
  limit: number;
  maxTimeMS?: number;
}

/**
 * What a search finds. It is one command, without a cursor of the driver around it, which would cost as much processor time again; where one
 * batch is not enough, or a replica set is changing its primary, the driver's cursor does it, with its retry.
 */
export async function findInOneBatch<Found>(
  collection: Collection<Document>,
  search: BatchSearch,
): Promise<Found[]> {
  const command = { find: collection.collectionName, ...search };
  const answer = await firstBatch<Found>(collection, command);
  if (answer?.id === 0) return answer.firstBatch;
  const { filter, ...options } = search;
  return collection.find(filter, options).toArray() as Promise<Found[]>;
}

/** What a pipeline gives, in the same way: at most 101 documents, as a rule. */
export async function aggregateInOneBatch<Found>(
  collection: Collection<Document>,
  pipeline: Document[],
  options: { maxTimeMS?: number },
): Promise<Found[]> {
  const command = { aggregate: collection.collectionName, pipeline, cursor: {}, ...options };
  const answer = await firstBatch<Found>(collection, command);
  if (answer?.id === 0) return answer.firstBatch;
  return collection.aggregate(pipeline, options).toArray() as Promise<Found[]>;
}

interface Batch<Found> {
  /** 0 when there is nothing after it. */
  id: unknown;
  firstBatch: Found[];
}

async function firstBatch<Found>(
  { db }: Collection<Document>,
  command: Document,
): Promise<Batch<Found> | undefined> {
  try {
    const answer = await db.command(command);
    return answer["cursor"] as Batch<Found>;
  } catch (error) {
    if (isPassing(error)) return undefined;
    throw error;
  }
}
