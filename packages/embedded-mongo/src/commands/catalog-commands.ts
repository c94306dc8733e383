import type { Document } from "bson";

import { encode, encodeCursorReply } from "../bson-bytes.ts";
import type { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { countField, documentField, flagField } from "../command-fields.ts";
import { matchFilter } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";

/** Drops all collections of a database. */
export async function dropDatabase(context: CommandContext): Promise<CommandReply> {
  const { catalog, database } = context;
  return catalog.write(() => {
    const collections = collectionsOf(context);
    for (const collection of collections) catalog.drop(collection);
    return collections.length > 0 ? { dropped: database } : {};
  });
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
