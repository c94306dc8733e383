import { encode, encodeCursorReply } from "../bson-bytes.ts";
import { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { countField, documentField, flagField, namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { findDocuments } from "../find-documents.ts";
import { parseQuery } from "../parse-query.ts";
import { parseProjection, project } from "../projection.ts";
import { valueKey } from "../value-key.ts";
import { valuesAt } from "../values-at.ts";

const DEFAULT_BATCH_SIZE = 101;

/** Finds documents. */
export function find(context: CommandContext): CommandReply {
  const { command, catalog, cursors, deadline } = context;
  const namespace = namespaceOf(context);
  const query = parseQuery(command, "filter");
  const projection = parseProjection(documentField(command, "projection"));
  const batchSize = countField(command, "batchSize", DEFAULT_BATCH_SIZE);
  const collection = catalog.find(namespace) ?? new Collection(namespace);
  const { documents } = findDocuments(collection, query, deadline);
  const encoded = documents.map(({ bytes, value }) =>
    projection === undefined ? bytes : encode(project(projection, value)),
  );
  const batch = cursors.open(namespace, encoded, {
    batchSize,
    single: flagField(command, "singleBatch"),
  });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

/** Returns how many documents a collection has. */
export function count(context: CommandContext): CommandReply {
  return { n: context.catalog.find(namespaceOf(context))?.size ?? 0 };
}

/** Returns the different values at a path. */
export function distinct(context: CommandContext): CommandReply {
  const { command, catalog, deadline } = context;
  const key: unknown = command["key"];
  if (typeof key !== "string")
    throw new CommandError("TypeMismatch", "BSON field 'distinct.key' must be a string");
  if (key === "")
    throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  const collection = catalog.find(namespaceOf(context));
  const query = parseQuery(command, "query");
  const found =
    collection === undefined ? [] : findDocuments(collection, query, deadline).documents;
  const values = new Map<string, unknown>();
  for (const { value } of found) {
    for (const own of valuesAt(value, key.split("."))) {
      const same = valueKey(own);
      if (!values.has(same)) values.set(same, own);
    }
  }
  return { values: [...values.values()] };
}
