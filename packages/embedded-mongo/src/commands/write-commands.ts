import type { Document } from "bson";

import { encode } from "../bson-bytes.ts";
import { toNumber } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { arrayField, documentField, flagField, namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { hintOf, parseQuery } from "../parse-query.ts";
import { parseUpdate } from "../update/parse-update.ts";
import {
  type UpdateOutcome,
  type WriteTarget,
  deleteMatching,
  insertEncoded,
  updateDocuments,
  writeError,
} from "../write-documents.ts";

const MAX_BATCH = 100_000;

/** Inserts documents. */
export async function insert(context: CommandContext): Promise<CommandReply> {
  const documents = statements(context.command, "documents");
  const target = targetOf(context);
  let n = 0;
  const writeErrors = runEach(context, documents, (document) => {
    insertEncoded(target, document instanceof Uint8Array ? document : encode(document));
    n += 1;
  });
  await context.catalog.commit();
  return { n, ...shownErrors(writeErrors) };
}

/** Updates documents. */
export async function update(context: CommandContext): Promise<CommandReply> {
  const upserted: Document[] = [];
  let n = 0;
  let nModified = 0;
  const writeErrors = runEach(
    context,
    statements(context.command, "updates"),
    (statement, index) => {
      const outcome = runUpdate(context, asStatement(statement));
      n += outcome.upsertedId === undefined ? outcome.matched : 1;
      nModified += outcome.modified;
      if (outcome.upsertedId !== undefined) upserted.push({ index, _id: outcome.upsertedId });
    },
  );
  await context.catalog.commit();
  return {
    n,
    nModified,
    ...(upserted.length > 0 ? { upserted } : {}),
    ...shownErrors(writeErrors),
  };
}

const UPDATE_FIELDS = new Set(["q", "u", "multi", "upsert", "arrayFilters", "collation", "hint"]);

function runUpdate(context: CommandContext, statement: Document): UpdateOutcome {
  assertStatement(statement, "update.updates", UPDATE_FIELDS);
  const source = {
    update: statement["u"] as unknown,
    arrayFilters:
      statement["arrayFilters"] === undefined ? [] : arrayField(statement, "arrayFilters"),
    now: context.now(),
  };
  const request = {
    query: {
      ...parseQuery({ q: statement["q"] as unknown }, "q"),
      hint: hintOf(statement["hint"]),
    },
    update: parseUpdate(source),
    multi: flagField(statement, "multi"),
    upsert: flagField(statement, "upsert"),
  };
  if (request.multi && request.update.kind === "replace") {
    throw new CommandError(
      "FailedToParse",
      "multi update is not supported for replacement-style update",
    );
  }
  const namespace = namespaceOf(context);
  // Only an upsert makes a collection that does not exist.
  if (context.catalog.find(namespace) === undefined && !request.upsert)
    return { matched: 0, modified: 0 };
  return updateDocuments(targetOf(context), request);
}

const DELETE_FIELDS = new Set(["q", "limit", "collation", "hint"]);

/** Deletes documents. */
export async function deleteDocuments(context: CommandContext): Promise<CommandReply> {
  let n = 0;
  const writeErrors = runEach(context, statements(context.command, "deletes"), (statement) => {
    n += runDelete(context, asStatement(statement));
  });
  await context.catalog.commit();
  return { n, ...shownErrors(writeErrors) };
}

function runDelete(context: CommandContext, statement: Document): number {
  assertStatement(statement, "delete.deletes", DELETE_FIELDS);
  const limit = toNumber(statement["limit"]);
  if (limit !== 0 && limit !== 1) {
    throw new CommandError(
      "FailedToParse",
      `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`,
    );
  }
  const query = {
    ...parseQuery({ q: statement["q"] as unknown }, "q"),
    limit,
    hint: hintOf(statement["hint"]),
  };
  if (context.catalog.find(namespaceOf(context)) === undefined) return 0;
  return deleteMatching(targetOf(context), query).length;
}

function targetOf(context: CommandContext): WriteTarget {
  const { catalog, deadline } = context;
  return { catalog, collection: catalog.ensure(namespaceOf(context)), deadline };
}

function statements(command: Document, field: string): unknown[] {
  const list = arrayField(command, field);
  if (list.length > 0 && list.length <= MAX_BATCH) return list;
  throw new CommandError(
    "InvalidLength",
    `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${list.length} operations.`,
  );
}

function asStatement(value: unknown): Document {
  const statement = asDocument(value);
  if (statement === undefined)
    throw new CommandError("TypeMismatch", "a write statement must be an object");
  return statement;
}

function assertStatement(statement: Document, where: string, fields: ReadonlySet<string>): void {
  const unknown = Object.keys(statement).find((field) => !fields.has(field));
  if (unknown !== undefined)
    throw new CommandError(40415, `BSON field '${where}.${unknown}' is an unknown field.`);
  const collation = documentField(statement, "collation");
  if (Object.keys(collation).length > 0 && collation["locale"] !== "simple") {
    throw new CommandError("NotImplemented", "collation is not supported by this server");
  }
}

// Each statement fails alone; in an ordered batch the rest is not tried.
function runEach(
  { command }: CommandContext,
  list: readonly unknown[],
  run: (statement: Document, index: number) => void,
): Document[] {
  const ordered = flagField(command, "ordered", true);
  const errors: Document[] = [];
  for (const [index, statement] of list.entries()) {
    try {
      run(statement as Document, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return errors;
}

function shownErrors(writeErrors: readonly Document[]): Document {
  return writeErrors.length > 0 ? { writeErrors } : {};
}
