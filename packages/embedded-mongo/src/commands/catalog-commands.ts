import type { Document } from "bson";

import { encode, encodeCursorReply } from "../bson-bytes.ts";
import type { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { countField, documentField, flagField, namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { matchFilter } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";

/** Options of a collection that would change what it does; none is supported. */
const REFUSED_OPTIONS = [
  "capped",
  "validator",
  "viewOn",
  "pipeline",
  "timeseries",
  "expireAfterSeconds",
  "clusteredIndex",
  "changeStreamPreAndPostImages",
  "storageEngine",
  "indexOptionDefaults",
  "encryptedFields",
];

/** Creates a collection. */
export async function create(context: CommandContext): Promise<CommandReply> {
  const { command, catalog } = context;
  const refused = REFUSED_OPTIONS.find(
    (option) => command[option] !== undefined && command[option] !== false,
  );
  if (refused !== undefined) {
    throw new CommandError(
      "NotImplemented",
      `collection option '${refused}' is not supported by this server`,
    );
  }
  const namespace = namespaceOf(context);
  if (catalog.find(namespace) === undefined) catalog.create(namespace);
  await catalog.commit();
  return {};
}

/** Drops a collection. */
export async function drop(context: CommandContext): Promise<CommandReply> {
  const { catalog } = context;
  const namespace = namespaceOf(context);
  const collection = catalog.find(namespace);
  if (collection === undefined) return { info: "ns not found" };
  catalog.drop(collection);
  await catalog.commit();
  return { nIndexesWas: collection.indexes.length, ns: namespace };
}

/** Drops all collections of a database. */
export async function dropDatabase(context: CommandContext): Promise<CommandReply> {
  const { catalog, database } = context;
  const collections = collectionsOf(context);
  for (const collection of collections) catalog.drop(collection);
  await catalog.commit();
  return collections.length > 0 ? { dropped: database } : {};
}

/** Lists the collections of a database. */
export function listCollections(context: CommandContext): CommandReply {
  const { command, cursors, database } = context;
  const filter = parseFilter(documentField(command, "filter"));
  const nameOnly = flagField(command, "nameOnly");
  const shown = collectionsOf(context)
    .map((collection) => describe(collection, database))
    .filter((description) => matchFilter(filter, description))
    .map((description) =>
      nameOnly ? { name: description["name"] as string, type: "collection" } : description,
    );
  const namespace = `${database}.$cmd.listCollections`;
  const batchSize = countField(documentField(command, "cursor"), "batchSize", Infinity);
  const batch = cursors.open(namespace, shown.map(encode), { batchSize, single: false });
  return encodeCursorReply({ field: "firstBatch", ...batch, namespace });
}

function collectionsOf({ catalog, database }: CommandContext): Collection[] {
  return catalog.collections.filter(({ namespace }) => namespace.startsWith(`${database}.`));
}

function describe({ namespace }: Collection, database: string): Document {
  const name = namespace.slice(database.length + 1);
  return {
    name,
    type: "collection",
    options: {},
    info: { readOnly: false },
    idIndex: { v: 2, key: { _id: 1 }, name: "_id_" },
  };
}

/** Lists the databases that have collections. */
export function listDatabases({ command, catalog }: CommandContext): CommandReply {
  const filter = parseFilter(documentField(command, "filter"));
  const sizes = new Map<string, number>();
  for (const { namespace, documents } of catalog.collections) {
    const name = namespace.slice(0, namespace.indexOf("."));
    const bytes = Array.from(documents, (stored) => stored.bytes.length).reduce(
      (sum, size) => sum + size,
      0,
    );
    sizes.set(name, (sizes.get(name) ?? 0) + bytes);
  }
  const described = [...sizes].map(([name, sizeOnDisk]): Document => ({
    name,
    sizeOnDisk,
    empty: false,
  }));
  const shown = described.filter((database) => matchFilter(filter, database));
  if (flagField(command, "nameOnly"))
    return { databases: shown.map(({ name }) => ({ name: name as string })) };
  return { databases: shown, totalSize: [...sizes.values()].reduce((sum, size) => sum + size, 0) };
}
