import { BSON, MongoBulkWriteError, type Collection } from "mongodb";

import { DUPLICATE_KEY_CODE, isDuplicateKey } from "../database-error.ts";
import type { CallDocument } from "./call-document.ts";

/** Result of an insert: written, or its `_id` was taken. */
export type InsertFate = "inserted" | "taken";

/**
 * Insert documents in one round trip; an Error for each that the database refused. Rejects when nothing is known of any
 * of them, such as when the database is away.
 */
export async function insertCalls(
  callLogs: Collection<CallDocument>,
  documents: readonly CallDocument[],
): Promise<(InsertFate | Error)[]> {
  const [first, ...others] = documents;
  if (first !== undefined && others.length === 0) return [await insertCall(callLogs, first)];
  const fates: (InsertFate | Error)[] = documents.map(() => "inserted");
  try {
    await callLogs.insertMany([...documents], { ordered: false });
  } catch (error) {
    for (const { index, code, errmsg } of writeErrorsOf(error))
      fates[index] =
        code === DUPLICATE_KEY_CODE
          ? "taken"
          : new Error(errmsg ?? "not written", { cause: error });
  }
  return fates;
}

// For one document, the driver's bulk write costs more time than the database.
async function insertCall(
  callLogs: Collection<CallDocument>,
  document: CallDocument,
): Promise<InsertFate> {
  try {
    await callLogs.insertOne(document);
    return "inserted";
  } catch (error) {
    if (isDuplicateKey(error)) return "taken";
    throw error;
  }
}

/** A document that replaces the one with this revision. */
export interface Replacement {
  revision: number;
  next: CallDocument;
}

/**
 * Replace documents in one round trip, each on the condition that its revision is still the one that was read; true for each that was
 * written. The server counts how many were; where it is not all of them, they are read back to see which.
 */
export async function replaceCalls(
  callLogs: Collection<CallDocument>,
  replacements: readonly Replacement[],
): Promise<(boolean | Error)[]> {
  const failures = new Map<number, Error>();
  const operations = replacements.map(({ revision, next }) => ({
    replaceOne: {
      filter: { _id: next._id, projectId: next.projectId, revision },
      replacement: next,
    },
  }));
  try {
    const { matchedCount } = await callLogs.bulkWrite(operations, { ordered: false });
    if (matchedCount === replacements.length) return replacements.map(() => true);
  } catch (error) {
    for (const { index, errmsg } of writeErrorsOf(error))
      failures.set(index, new Error(errmsg ?? "not written", { cause: error }));
  }
  if (replacements.length === 1) return [failures.get(0) ?? false];
  const written = await findWritten(callLogs, replacements);
  return replacements.map((one, index) => failures.get(index) ?? written.has(one));
}

// A document of the next revision may come from another writer; ours is equal in every byte.
async function findWritten(
  callLogs: Collection<CallDocument>,
  replacements: readonly Replacement[],
): Promise<Set<Replacement>> {
  const ids = replacements.map(({ next }) => next._id);
  const found = await callLogs.find({ _id: { $in: ids } }).toArray();
  const present = new Map(found.map((document) => [document._id, document]));
  const isWritten = ({ next }: Replacement) => {
    const now = present.get(next._id);
    return now?.revision === next.revision && bytesOf(now).equals(bytesOf(next));
  };
  return new Set(replacements.filter(isWritten));
}

function bytesOf(document: CallDocument): Buffer {
  return Buffer.from(BSON.serialize(document, { ignoreUndefined: true }));
}

// Rethrows errors that concern all documents: a lost connection, a missing majority.
function writeErrorsOf(error: unknown): { index: number; code: number; errmsg?: string }[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const writeErrors = [error.writeErrors].flat();
  if (writeErrors.length === 0 || error.result.getWriteConcernError() !== undefined) throw error;
  return writeErrors.map(({ index, code, errmsg }) => ({
    index,
    code,
    ...(errmsg !== undefined && { errmsg }),
  }));
}
