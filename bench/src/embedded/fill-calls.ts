import { corpusCall } from "../reads/corpus.ts";
import type { Calls } from "./operations.ts";

const BATCH = 1000;

/** Write a corpus into an empty collection, with the indexes of its lists. */
export async function fillCalls(calls: Calls, size: number): Promise<void> {
  const newestFirst = { createdAt: -1, _id: -1 } as const;
  await calls.createIndexes([
    { key: { projectId: 1, ...newestFirst } },
    { key: { projectId: 1, status: 1, ...newestFirst } },
  ]);
  for (let from = 0; from < size; from += BATCH) {
    const length = Math.min(BATCH, size - from);
    await calls.insertMany(Array.from({ length }, (_, index) => corpusCall(from + index, size)));
  }
}
