import type { Collection, Document } from "mongodb";

import { CORPUS_PROJECT_ID, CORPUS_STATUSES, corpusCall } from "../reads/corpus.ts";

/** Call logs as plain documents. */
export type Calls = Collection<{ _id: string } & Document>;

/** A collection that is filled, and how full. */
export interface Filled {
  calls: Calls;
  size: number;
}

type Operation = (filled: Filled, turn: number) => Promise<unknown>;

const newestFirst = { createdAt: -1, _id: -1 } as const;

function idOf({ size }: Filled, turn: number): string {
  return corpusCall((turn * 7919) % size, size)._id;
}

function statusOf(turn: number): string {
  return CORPUS_STATUSES[turn % CORPUS_STATUSES.length]!;
}

/** A page by status, another status in each turn. */
export function listByStatus({ calls }: Pick<Filled, "calls">, turn: number) {
  return calls
    .find({ projectId: CORPUS_PROJECT_ID, status: statusOf(turn) })
    .sort(newestFirst)
    .limit(10)
    .toArray();
}

/** What call-log does with its database, each as one operation of the driver. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  "insert one": ({ calls, size }, turn) =>
    calls.insertOne({ ...corpusCall(turn % size, size), _id: `inserted-${size}-${turn}` }),
  "find by id": (filled, turn) => filled.calls.findOne({ _id: idOf(filled, turn) }),
  "page of all": ({ calls }) =>
    calls.find({ projectId: CORPUS_PROJECT_ID }).sort(newestFirst).limit(10).toArray(),
  "page by status": listByStatus,
  "count by status": ({ calls }, turn) =>
    calls.countDocuments({ projectId: CORPUS_PROJECT_ID, status: statusOf(turn) }),
  "conditional update": (filled, turn) =>
    filled.calls.updateOne(
      { _id: idOf(filled, turn), revision: { $gte: 0 } },
      { $inc: { revision: 1 }, $set: { statusMessage: `Turn ${turn}` } },
    ),
  "sum by status": ({ calls }) =>
    calls
      .aggregate([
        { $match: { projectId: CORPUS_PROJECT_ID } },
        { $group: { _id: "$status", calls: { $sum: 1 } } },
      ])
      .toArray(),
};
