import type { Document } from "bson";

import { runPipelineOn } from "../aggregation/pipeline.ts";
import { decode, encodeStored } from "../bson-bytes.ts";
import { sameValue } from "../bson-order.ts";
import { typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { type StepContext, applySteps } from "./apply-steps.ts";
import type { Update } from "./parse-update.ts";

/** A document's new version. */
export interface UpdatedDocument {
  readonly bytes: Uint8Array;
  readonly value: Document;
}

/** Applies an update to an encoded document; `_id` must stay as it is. */
export function updateDocument(
  previous: Uint8Array,
  update: Update,
  position: number | undefined,
): UpdatedDocument {
  const before = decode(previous);
  const value = transform(decode(previous), update, { position, isInsert: false });
  if (!("_id" in value) || !sameValue(value["_id"], before["_id"])) {
    throw new CommandError(
      "ImmutableField",
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  return { bytes: encodeStored(value), value };
}

/** Applies an update to a document, which may be changed, and returns the result. */
export function transform(document: Document, update: Update, context: StepContext): Document {
  switch (update.kind) {
    case "replace":
      return replaceDocument(document, update.document);
    case "steps":
      applySteps(document, update, context);
      return document;
    case "pipeline":
      return withId(runPipelineOn(document, update.stages), document["_id"]);
  }
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

/** Refuses an `_id` of a type that MongoDB does not store. */
export function assertId(id: unknown): void {
  const type = typeOf(id);
  if (type === "array" || type === "regex" || type === "missing") {
    throw new CommandError(
      "InvalidIdField",
      `The '_id' value cannot be of type ${type === "missing" ? "undefined" : type}`,
    );
  }
}
