import { encode, encodeCursorReply } from "../bson-bytes.ts";
import { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { countField, documentField, flagField, namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import type { Filter, MatchDetails } from "../filter.ts";
import { countDocuments, findDocuments } from "../find-documents.ts";
import { matchFilter } from "../match-filter.ts";
import { parseQuery } from "../parse-query.ts";
import { type Projection, parseProjection, project } from "../projection.ts";
import type { StoredDocument } from "../stored-document.ts";
import { valueKey } from "../value-key.ts";
import { valuesAt } from "../values-at.ts";

const DEFAULT_BATCH_SIZE = 101;
const UNSUPPORTED_FIND_FLAGS = ["tailable", "awaitData", "returnKey", "showRecordId"];

/** Finds documents. */
export function find(context: CommandContext): CommandReply {
  const { command, catalog, cursors, deadline } = context;
  for (const flag of UNSUPPORTED_FIND_FLAGS) if (flagField(command, flag)) throw unsupported(flag);
  for (const field of ["min", "max"])
    if (Object.keys(documentField(command, field)).length > 0) throw unsupported(field);
  const namespace = namespaceOf(context);
  const query = parseQuery(command, "filter");
  const projection = parseProjection(documentField(command, "projection"));
  const batchSize = countField(command, "batchSize", DEFAULT_BATCH_SIZE);
  const collection = catalog.find(namespace) ?? new Collection(namespace);
  const { documents } = findDocuments(collection, query, deadline);
  const encoded = documents.map((stored) => encodeProjected(stored, projection, query.filter));
  const batch = cursors.open(namespace, encoded, {
    batchSize,
    single: flagField(command, "singleBatch"),
  });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

function unsupported(option: string): CommandError {
  return new CommandError(
    "NotImplemented",
    `find with '${option}' is not supported by this server`,
  );
}

function encodeProjected(
  stored: StoredDocument,
  projection: Projection | undefined,
  filter: Filter,
): Uint8Array {
  if (projection === undefined) return stored.bytes;
  if (!projection.needsPosition) return encode(project(projection, stored.value));
  const details: MatchDetails = {};
  matchFilter(filter, stored.value, details);
  return encode(project(projection, stored.value, details.position));
}

/** Counts documents. */
export function count(context: CommandContext): CommandReply {
  const { command, catalog, deadline } = context;
  const collection = catalog.find(namespaceOf(context));
  const query = parseQuery(command, "query");
  return { n: collection === undefined ? 0 : countDocuments(collection, query, deadline).count };
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
