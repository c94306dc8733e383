import { DBRef, type Document } from "bson";

import { assertStorable, decode, encode, encodeStored } from "../bson-bytes.ts";
import { sameValue } from "../bson-order.ts";
import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { pickFields, replaceFields } from "../pick-fields.ts";
import { applySteps } from "./apply-steps.ts";
import type { Replacement, Update, UpdateStep } from "./parse-update.ts";

/** Applies an update to an encoded document; `_id` must stay as it is. */
export function updateDocument(previous: Uint8Array, update: Update): Uint8Array {
  return update.kind === "replace" ? replaced(previous, update) : changed(previous, update.steps);
}

const ID = new Set(["_id"]);

function replaced(previous: Uint8Array, { document, bytes }: Replacement): Uint8Array {
  const before = decode(pickFields(previous, ID));
  const after = replaceDocument(before, document);
  assertSameId(before, after);
  if (after !== document || bytes === undefined) return encodeStored(after);
  assertStorable(bytes);
  // The message that they came in is not to be kept.
  return new Uint8Array(bytes);
}

// Only fields that a step names are decoded; the others are copied.
function changed(previous: Uint8Array, steps: readonly UpdateStep[]): Uint8Array {
  const names = new Set(["_id", ...steps.map(({ parts: [name = ""] }) => name)]);
  const before = decode(pickFields(previous, names));
  const { _id } = before;
  applySteps(before, steps, false);
  assertSameId({ _id }, before);
  const after = replaceFields(previous, names, encode(before));
  assertStorable(after);
  return after;
}

function assertSameId(before: Document, after: Document): void {
  if ("_id" in after && sameValue(after["_id"], before["_id"])) return;
  throw new CommandError(
    "ImmutableField",
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}

/** Applies an update to a document, which may be changed, and returns the result. */
export function transform(document: Document, update: Update, isInsert: boolean): Document {
  if (update.kind === "replace") return replaceDocument(document, update.document);
  applySteps(document, update.steps, isInsert);
  return document;
}

function replaceDocument(document: Document, replacement: Document): Document {
  if (!("_id" in replacement)) return withId(replacement, document["_id"]);
  return withId(replacement, replacement["_id"]);
}

/** Returns the document with `_id` as its first field, as it is stored. */
export function withId(document: Document, id: unknown): Document {
  if (Object.keys(document)[0] === "_id") return document;
  const own: unknown = document["_id"] === undefined ? id : document["_id"];
  if (own === undefined) return document;
  const { _id, ...rest } = document;
  return { _id: own, ...rest };
}

/** Refuses an `_id` that MongoDB does not store: of some types, or with a field that looks like an operator. */
export function assertId(id: unknown): void {
  const type = typeOf(id);
  if (type === "array" || type === "regex" || type === "missing") {
    throw new CommandError(
      "InvalidIdField",
      `The '_id' value cannot be of type ${type === "missing" ? "undefined" : type}`,
    );
  }
  const dollar = Object.keys(asDocument(id) ?? {}).find((name) => name.startsWith("$"));
  if (dollar === undefined || id instanceof DBRef) return;
  throw new CommandError(
    "DollarPrefixedFieldName",
    `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
  );
}
