import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";

const FIELDS = ["path", "preserveNullAndEmptyArrays"];

/** Parses `$unwind` of a field at the top of documents. */
export function parseUnwind(operand: unknown): (documents: readonly Document[]) => Document[] {
  const source = asDocument(operand);
  if (source === undefined) throw unsupported("$unwind without an object");
  const path: unknown = source["path"];
  if (typeof path !== "string") throw new CommandError(28812, "no path specified to $unwind stage");
  if (!path.startsWith("$") || path.length < 2)
    throw new CommandError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${path}`,
    );
  if (path.includes(".")) throw unsupported("$unwind of a field inside a document");
  const unknown = Object.keys(source).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined)
    throw new CommandError(
      28811,
      `unrecognized option to $unwind stage, or not supported by this server: ${unknown}`,
    );
  const keepEmpty = source["preserveNullAndEmptyArrays"] === true;
  const name = path.slice(1);
  return (documents) => documents.flatMap((document) => unwindOne(document, name, keepEmpty));
}

function unwindOne(document: Document, name: string, keepEmpty: boolean): Document[] {
  const value: unknown = document[name];
  if (Array.isArray(value) && value.length > 0)
    return value.map((element: unknown) => ({ ...document, [name]: element }));
  const isEmpty = value === undefined || value === null || Array.isArray(value);
  if (!isEmpty) return [document];
  if (!keepEmpty) return [];
  // An empty array is taken out; null stays.
  const { [name]: _empty, ...rest } = document;
  return [Array.isArray(value) ? rest : document];
}
