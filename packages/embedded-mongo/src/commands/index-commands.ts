import type { Document } from "bson";

import { encode, encodeCursorReply } from "../bson-bytes.ts";
import { asDocument } from "../bson-type.ts";
import type { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import {
  arrayField,
  countField,
  documentField,
  existingCollection,
  namespaceOf,
} from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import {
  type IndexSpec,
  keyText,
  parseIndexSpec,
  parseKeyFields,
  sameKey,
  sameOptions,
} from "../index-spec.ts";

/** Creates indexes; those that exist in the same form are left as they are. */
export async function createIndexes(context: CommandContext): Promise<CommandReply> {
  const { command, catalog } = context;
  const namespace = namespaceOf(context);
  const specs = arrayField(command, "indexes").map(parseSpec);
  if (specs.length === 0)
    throw new CommandError("BadValue", "Must specify at least one index to create");
  return catalog.write(() => {
    const isNew = catalog.find(namespace) === undefined;
    const collection = catalog.ensure(namespace);
    const numIndexesBefore = collection.indexes.length;
    for (const spec of specs) if (!exists(collection, spec)) catalog.createIndex(collection, spec);
    const numIndexesAfter = collection.indexes.length;
    const note = numIndexesAfter === numIndexesBefore ? { note: "all indexes already exist" } : {};
    return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: isNew, ...note };
  });
}

function parseSpec(source: unknown): IndexSpec {
  const document = asDocument(source);
  if (document === undefined)
    throw new CommandError("TypeMismatch", "The elements of the 'indexes' array must be objects");
  return parseIndexSpec(document);
}

function exists(collection: Collection, spec: IndexSpec): boolean {
  const named = collection.index(spec.name)?.spec;
  if (named !== undefined) {
    if (sameKey(named, spec) && sameOptions(named, spec)) return true;
    const kind = sameKey(named, spec) ? "IndexOptionsConflict" : "IndexKeySpecsConflict";
    const message = `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${keyText(spec.fields)}, existing index: ${keyText(named.fields)}, name: ${spec.name}`;
    throw new CommandError(kind, message);
  }
  const sameFields = collection.indexes.find((index) => sameKey(index.spec, spec))?.spec;
  if (sameFields === undefined) return false;
  if (spec.fields.length === 1 && spec.fields[0]?.path === "_id") return true;
  // Two indexes on the same fields may live side by side only if they hold other documents.
  if (!samePartial(sameFields, spec)) return false;
  const message = sameOptions(sameFields, spec)
    ? `Index already exists with a different name: ${sameFields.name}`
    : `An equivalent index already exists with the same name but different options. Requested index: ${spec.name}, existing index: ${sameFields.name}`;
  throw new CommandError("IndexOptionsConflict", message);
}

function samePartial(left: IndexSpec, right: IndexSpec): boolean {
  const text = ({ source }: IndexSpec): string =>
    JSON.stringify(source["partialFilterExpression"] ?? null);
  return text(left) === text(right) && left.sparse === right.sparse && left.unique === right.unique;
}

/** Lists the indexes of a collection. */
export function listIndexes(context: CommandContext): CommandReply {
  const { command, catalog, cursors } = context;
  const namespace = namespaceOf(context);
  const shown = existingCollection(catalog, namespace).indexes.map(({ spec }) =>
    encode(spec.source),
  );
  const batchSize = countField(documentField(command, "cursor"), "batchSize", Infinity);
  const batch = cursors.open(namespace, shown, { batchSize, single: false });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

/** Drops indexes by name, by key, by a list of names, or all but that on `_id`. */
export async function dropIndexes(context: CommandContext): Promise<CommandReply> {
  const { command, catalog } = context;
  return catalog.write(() => {
    const collection = existingCollection(catalog, namespaceOf(context));
    const nIndexesWas = collection.indexes.length;
    for (const spec of droppedIndexes(collection, command["index"]))
      catalog.dropIndex(collection, spec);
    return { nIndexesWas };
  });
}

function droppedIndexes(collection: Collection, wanted: unknown): IndexSpec[] {
  const specs = collection.indexes.map(({ spec }) => spec);
  if (wanted === "*") return specs.filter(({ name }) => name !== "_id_");
  if (Array.isArray(wanted))
    return wanted.flatMap((name: unknown) => droppedIndexes(collection, name));
  const found = specs.find((spec) => isNamed(spec, wanted));
  if (found === undefined) {
    const shown =
      typeof wanted === "string"
        ? `index not found with name [${wanted}]`
        : "can't find index with key";
    throw new CommandError("IndexNotFound", shown);
  }
  if (found.name === "_id_") throw new CommandError("InvalidOptions", "cannot drop _id index");
  return [found];
}

function isNamed(spec: IndexSpec, wanted: unknown): boolean {
  if (typeof wanted === "string") return spec.name === wanted;
  const key: Document | undefined = asDocument(wanted);
  if (key === undefined)
    throw new CommandError(
      "TypeMismatch",
      "'index' must be a string, an object or an array of strings",
    );
  return keyText(spec.fields) === keyText(parseKeyFields(key, "BadValue"));
}
