import type { Document } from "bson";

import { decode, encode } from "../bson-bytes.ts";
import { toNumber } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { arrayField, flagField, namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { noteUse } from "../feature-use.ts";
import { parseQuery } from "../parse-query.ts";
import { documentAt } from "../pick-fields.ts";
import { unknownField } from "../unknown-field.ts";
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
  const documents = statements(context.command, "documents").map(encodedDocument);
  return context.catalog.write(() => {
    const target = targetOf(context);
    let n = 0;
    const writeErrors = runEach(context, documents, (document) => {
      insertEncoded(target, document);
      n += 1;
    });
    return { n, ...shownErrors(writeErrors) };
  });
}

/** Updates documents. */
export async function update(context: CommandContext): Promise<CommandReply> {
  const updates = statements(context.command, "updates").map(parseUpdateStatement);
  return context.catalog.write(() => {
    const upserted: Document[] = [];
    let n = 0;
    let nModified = 0;
    const writeErrors = runEach(context, updates, (statement, index) => {
      const outcome = runUpdate(context, statement);
      n += outcome.upsertedId === undefined ? outcome.matched : 1;
      nModified += outcome.modified;
      if (outcome.upsertedId !== undefined) upserted.push({ index, _id: outcome.upsertedId });
    });
    return {
      n,
      nModified,
      ...(upserted.length > 0 ? { upserted } : {}),
      ...shownErrors(writeErrors),
    };
  });
}

function encodedDocument(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  const document = asDocument(value);
  if (document !== undefined) return encode(document);
  throw new CommandError(
    "TypeMismatch",
    "BSON field 'insert.documents' must be an array of objects",
  );
}

interface UpdateStatement {
  readonly q: Document;
  readonly u: unknown;
  /** Those of `u`, if it is a document and they are at hand. */
  readonly bytes: Uint8Array | undefined;
  readonly multi: boolean;
  readonly upsert: boolean;
}

/** The fields of an update statement. */
export const UPDATE_FIELDS: ReadonlySet<string> = new Set(["q", "u", "multi", "upsert"]);

// The shape of all statements is checked before the first one is run, as in MongoDB.
function parseUpdateStatement(value: unknown): UpdateStatement {
  const encoded = value instanceof Uint8Array ? value : undefined;
  const decoded = encoded === undefined ? value : decode(encoded);
  const statement = asStatement(decoded, "update.updates", UPDATE_FIELDS);
  if (statement["u"] === undefined)
    throw new CommandError(40414, "BSON field 'update.updates.u' is missing but a required field");
  return {
    q: queryOf(statement, "update.updates"),
    u: statement["u"] as unknown,
    bytes: encoded && documentAt(encoded, "u"),
    multi: flagField(statement, "multi"),
    upsert: flagField(statement, "upsert"),
  };
}

function runUpdate(
  context: CommandContext,
  { q, u, bytes, multi, upsert }: UpdateStatement,
): UpdateOutcome {
  const request = { query: parseQuery({ q }, "q"), update: parseUpdate(u, bytes), multi, upsert };
  if (multi && request.update.kind === "replace") {
    throw new CommandError(
      "FailedToParse",
      "multi update is not supported for replacement-style update",
    );
  }
  const namespace = namespaceOf(context);
  // Only an upsert makes a collection that does not exist.
  if (context.catalog.find(namespace) === undefined && !upsert) return { matched: 0, modified: 0 };
  return updateDocuments(targetOf(context), request);
}

interface DeleteStatement {
  readonly q: Document;
  readonly limit: 0 | 1;
}

/** The fields of a delete statement. */
export const DELETE_FIELDS: ReadonlySet<string> = new Set(["q", "limit"]);

/** Deletes documents. */
export async function deleteDocuments(context: CommandContext): Promise<CommandReply> {
  const deletes = statements(context.command, "deletes").map(parseDeleteStatement);
  return context.catalog.write(() => {
    let n = 0;
    const writeErrors = runEach(context, deletes, (statement) => {
      n += runDelete(context, statement);
    });
    return { n, ...shownErrors(writeErrors) };
  });
}

function parseDeleteStatement(value: unknown): DeleteStatement {
  const statement = asStatement(value, "delete.deletes", DELETE_FIELDS);
  const limit = toNumber(statement["limit"]);
  if (limit === 0 || limit === 1) return { q: queryOf(statement, "delete.deletes"), limit };
  throw new CommandError(
    "FailedToParse",
    `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`,
  );
}

function runDelete(context: CommandContext, { q, limit }: DeleteStatement): number {
  const query = { ...parseQuery({ q }, "q"), limit };
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

function asStatement(value: unknown, where: string, fields: ReadonlySet<string>): Document {
  const statement = asDocument(value);
  if (statement === undefined)
    throw new CommandError("TypeMismatch", `BSON field '${where}' must be an array of objects`);
  for (const field of Object.keys(statement)) {
    noteUse("option", `${where}.${field}`);
    if (!fields.has(field)) throw unknownField(where, field);
  }
  return statement;
}

function queryOf({ q }: Document, where: string): Document {
  const query = asDocument(q);
  if (query !== undefined) return query;
  throw q === undefined
    ? new CommandError(40414, `BSON field '${where}.q' is missing but a required field`)
    : new CommandError("TypeMismatch", `BSON field '${where}.q' must be an object`);
}

// Each statement fails alone; in an ordered batch the rest is not tried.
function runEach<Statement>(
  { command }: CommandContext,
  list: readonly Statement[],
  run: (statement: Statement, index: number) => void,
): Document[] {
  const ordered = flagField(command, "ordered", true);
  const errors: Document[] = [];
  for (const [index, statement] of list.entries()) {
    try {
      run(statement, index);
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
