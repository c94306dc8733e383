import { encodeCursorReply } from "../bson-bytes.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { countField, documentField, flagField, namespaceOf } from "../command-fields.ts";
import type { ResultStream } from "../cursor-registry.ts";
import { equalityText } from "../equality-text.ts";
import { CommandError } from "../errors.ts";
import { findDocuments, streamDocuments } from "../find-documents.ts";
import { parseQuery } from "../parse-query.ts";
import { type Projection, parseProjection, projectEncoded } from "../projection.ts";
import type { StoredDocument } from "../stored-document.ts";
import { onOneState, PAUSE } from "../turns.ts";
import { valuesAt } from "../values-at.ts";

const DEFAULT_BATCH_SIZE = 101;

/** Finds documents. */
export async function find(context: CommandContext): Promise<CommandReply> {
  const { command, cursors, turns } = context;
  const namespace = namespaceOf(context);
  const options = {
    batchSize: countField(command, "batchSize", DEFAULT_BATCH_SIZE),
    single: flagField(command, "singleBatch"),
  };
  const stream = openStream(context, namespace);
  const batch = await turns.run(cursors.openStream(namespace, stream, options));
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

function openStream(
  { command, catalog, deadline }: CommandContext,
  namespace: string,
): ResultStream {
  const query = parseQuery(command, "filter");
  const projection = parseProjection(documentField(command, "projection"));
  const snapshot = catalog.hold();
  const watch = { deadline };
  try {
    const found = streamDocuments(catalog.read(namespace, snapshot), query, watch);
    return { documents: encodeEach(found, projection), snapshot, watch };
  } catch (error) {
    snapshot.release();
    throw error;
  }
}

function* encodeEach(
  found: Iterable<StoredDocument | typeof PAUSE>,
  projection: Projection | undefined,
): Generator<Uint8Array | typeof PAUSE> {
  for (const stored of found) {
    if (stored === PAUSE) yield PAUSE;
    else yield projection === undefined ? stored.bytes : projectEncoded(projection, stored.bytes);
  }
}

/** Returns how many documents a collection has. */
export function count(context: CommandContext): CommandReply {
  return { n: context.catalog.find(namespaceOf(context))?.size ?? 0 };
}

/** Returns the different values at a path. */
export async function distinct(context: CommandContext): Promise<CommandReply> {
  const { command, catalog, deadline, turns } = context;
  const key: unknown = command["key"];
  if (typeof key !== "string")
    throw new CommandError("TypeMismatch", "BSON field 'distinct.key' must be a string");
  if (key === "")
    throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  const query = parseQuery(command, "query");
  const { documents: found } = await turns.run(
    onOneState(catalog, (view) =>
      findDocuments(catalog.read(namespaceOf(context), view), query, deadline),
    ),
  );
  const values = new Map<string, unknown>();
  for (const { value } of found) {
    for (const own of valuesAt(value, key.split("."))) {
      const same = equalityText(own);
      if (!values.has(same)) values.set(same, own);
    }
  }
  return { values: [...values.values()] };
}
