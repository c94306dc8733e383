import { type Document, ObjectId } from "bson";

import { assertStorable, decode, encodeStored } from "./bson-bytes.ts";
import type { Catalog } from "./catalog.ts";
import type { Collection } from "./collection.ts";
import type { Deadline } from "./deadline.ts";
import type { CommandError } from "./errors.ts";
import type { Filter } from "./filter.ts";
import { type Query, findDocuments } from "./find-documents.ts";
import type { StoredDocument } from "./stored-document.ts";
import { atOnce } from "./turns.ts";
import type { Update } from "./update/parse-update.ts";
import { assertId, updateDocument, withId } from "./update/update-document.ts";
import { buildUpsert } from "./upsert-document.ts";

/** Where documents are written. */
export interface WriteTarget {
  readonly catalog: Catalog;
  readonly collection: Collection;
  readonly deadline: Deadline;
}

/** Inserts a document that came as bytes; they are kept as they are if `_id` leads. */
export function insertEncoded(
  { catalog, collection }: WriteTarget,
  bytes: Uint8Array,
): StoredDocument {
  assertStorable(bytes);
  const value = decode(bytes);
  if ("_id" in value) assertId(value["_id"]);
  if (Object.keys(value)[0] === "_id")
    return catalog.insert(collection, new Uint8Array(bytes), value);
  const complete = withId(value, new ObjectId());
  return catalog.insert(collection, encodeStored(complete), complete);
}

/** An update with the documents it is for. */
export interface UpdateRequest {
  readonly query: Query;
  readonly update: Update;
  readonly multi: boolean;
  readonly upsert: boolean;
}

/** What an update did. */
export interface UpdateOutcome {
  readonly matched: number;
  readonly modified: number;
  /** The last document before and after, for `findAndModify`. */
  readonly before?: StoredDocument;
  readonly after?: StoredDocument;
  /** The `_id` of an inserted document. */
  readonly upsertedId?: unknown;
}

/** Updates the documents that match, or inserts one. */
export function updateDocuments(target: WriteTarget, request: UpdateRequest): UpdateOutcome {
  const { query, update, multi, upsert } = request;
  const limited = { ...query, limit: multi ? 0 : 1 };
  const { documents } = atOnce(findDocuments(target.collection, limited, target.deadline));
  if (documents.length === 0 && upsert) return insertUpsert(target, query.filter, update);
  let modified = 0;
  let last: Pick<UpdateOutcome, "before" | "after"> = {};
  for (const before of documents) {
    target.deadline.check();
    const after = updateStored(target, before, request);
    if (after !== before) modified += 1;
    last = { before, after };
  }
  return { matched: documents.length, modified, ...last };
}

function insertUpsert(
  { catalog, collection }: WriteTarget,
  filter: Filter,
  update: Update,
): UpdateOutcome {
  const value = buildUpsert(filter, update);
  const after = catalog.insert(collection, encodeStored(value), value);
  return { matched: 0, modified: 0, after, upsertedId: value["_id"] as unknown };
}

function updateStored(
  { catalog, collection }: WriteTarget,
  before: StoredDocument,
  { update }: UpdateRequest,
): StoredDocument {
  const next = updateDocument(before.bytes, update);
  // An update that changes nothing is not written.
  if (Buffer.compare(next, before.bytes) === 0) return before;
  return catalog.replace(collection, before, next);
}

/** Deletes the documents that match and returns them. */
export function deleteMatching(
  { catalog, collection, deadline }: WriteTarget,
  query: Query,
): readonly StoredDocument[] {
  const { documents } = atOnce(findDocuments(collection, query, deadline));
  for (const stored of documents) catalog.remove(collection, stored);
  return documents;
}

/** Returns one entry of `writeErrors`. */
export function writeError(index: number, error: CommandError): Document {
  return { index, code: error.code, errmsg: error.message, ...error.details };
}
