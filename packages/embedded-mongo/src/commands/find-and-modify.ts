import type { Document } from "bson";

import { encodeFoundReply } from "../bson-bytes.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { documentField, flagField, namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { parseQuery } from "../parse-query.ts";
import { parseProjection, projectEncoded } from "../projection.ts";
import type { StoredDocument } from "../stored-document.ts";
import { parseUpdate } from "../update/parse-update.ts";
import { type WriteTarget, deleteMatching, updateDocuments } from "../write-documents.ts";

/** Updates or deletes one document and returns it. */
export async function findAndModify(context: CommandContext): Promise<CommandReply> {
  const { command } = context;
  assertCombination(command);
  return context.catalog.write(() =>
    flagField(command, "remove") ? removeOne(context) : updateOne(context),
  );
}

function assertCombination(command: Document): void {
  const remove = flagField(command, "remove");
  const hasUpdate = command["update"] !== undefined;
  if (remove && hasUpdate)
    throw new CommandError("FailedToParse", "Cannot specify both an update and remove=true");
  if (remove && flagField(command, "upsert"))
    throw new CommandError("FailedToParse", "Cannot specify both upsert=true and remove=true");
  if (remove && flagField(command, "new")) {
    throw new CommandError(
      "FailedToParse",
      "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
    );
  }
  if (!remove && !hasUpdate)
    throw new CommandError("FailedToParse", "Either an update or remove=true must be specified");
}

function removeOne(context: CommandContext): CommandReply {
  const query = { ...parseQuery(context.command, "query"), limit: 1 };
  const target = existingTarget(context);
  const [removed] = target === undefined ? [] : deleteMatching(target, query);
  return encodeFoundReply({
    lastErrorObject: { n: removed === undefined ? 0 : 1 },
    value: shownDocument(context, removed),
  });
}

function updateOne(context: CommandContext): CommandReply {
  const { command, catalog, deadline } = context;
  const upsert = flagField(command, "upsert");
  const request = {
    query: parseQuery(command, "query"),
    update: parseUpdate(command["update"]),
    multi: false,
    upsert,
  };
  const target = upsert
    ? { catalog, collection: catalog.ensure(namespaceOf(context)), deadline }
    : existingTarget(context);
  const outcome =
    target === undefined ? { matched: 0, modified: 0 } : updateDocuments(target, request);
  const isInsert = outcome.upsertedId !== undefined;
  const shown = flagField(command, "new") ? outcome.after : outcome.before;
  return encodeFoundReply({
    lastErrorObject: {
      n: isInsert ? 1 : outcome.matched,
      updatedExisting: outcome.matched > 0,
      ...(isInsert ? { upserted: outcome.upsertedId } : {}),
    },
    value: shownDocument(context, shown),
  });
}

function existingTarget(context: CommandContext): WriteTarget | undefined {
  const { catalog, deadline } = context;
  const collection = catalog.find(namespaceOf(context));
  return collection === undefined ? undefined : { catalog, collection, deadline };
}

function shownDocument(
  { command }: CommandContext,
  stored: StoredDocument | undefined,
): Uint8Array | null {
  const projection = parseProjection(documentField(command, "fields"));
  if (stored === undefined) return null;
  return projection === undefined ? stored.bytes : projectEncoded(projection, stored.bytes);
}
