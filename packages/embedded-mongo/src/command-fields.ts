import { type Document, Long } from "bson";

import { toNumber } from "./bson-number.ts";
import { asDocument, typeOf } from "./bson-type.ts";
import type { Catalog } from "./catalog.ts";
import type { Collection } from "./collection.ts";
import type { CommandContext } from "./command-context.ts";
import { CommandError } from "./errors.ts";

/** Returns the namespace that a command names in its first field. */
export function namespaceOf({ command, database, name }: CommandContext): string {
  const collection: unknown = command[name];
  if (typeof collection !== "string") {
    throw new CommandError(
      "InvalidNamespace",
      `collection name has invalid type ${typeOf(collection)}`,
    );
  }
  if (collection === "")
    throw new CommandError("InvalidNamespace", `Invalid namespace specified '${database}.'`);
  return `${database}.${collection}`;
}

/** Returns the collection that must exist. */
export function existingCollection(catalog: Catalog, namespace: string): Collection {
  const collection = catalog.find(namespace);
  if (collection === undefined)
    throw new CommandError("NamespaceNotFound", `ns does not exist: ${namespace}`);
  return collection;
}

/** Returns a field that is a document; a missing one counts as empty. */
export function documentField(command: Document, field: string): Document {
  const value: unknown = command[field];
  if (value === undefined || value === null) return {};
  const document = asDocument(value);
  if (document === undefined) throw wrongType(field, value, "object");
  return document;
}

/** Returns a field that is a number without a fraction and not below 0. */
export function countField(command: Document, field: string, fallback: number): number {
  const value: unknown = command[field];
  if (value === undefined || value === null) return fallback;
  const number = toNumber(value);
  if (number === undefined) throw wrongType(field, value, "number");
  if (number < 0)
    throw new CommandError(
      51024,
      `BSON field '${field}' value must be >= 0, actual value '${number}'`,
    );
  return Math.trunc(number);
}

/** Returns a field that is a flag; numbers count as MongoDB counts them. */
export function flagField(command: Document, field: string, fallback = false): boolean {
  const value: unknown = command[field];
  if (value === undefined || value === null) return fallback;
  if (typeof value === "boolean") return value;
  const number = toNumber(value);
  if (number === undefined) throw wrongType(field, value, "bool");
  return number !== 0;
}

/** Returns a field that is an array. */
export function arrayField(command: Document, field: string): unknown[] {
  const value: unknown = command[field];
  if (!Array.isArray(value)) throw wrongType(field, value, "array");
  return value;
}

/** Returns a cursor's id. */
export function cursorIdOf(value: unknown): bigint {
  if (value instanceof Long) return value.toBigInt();
  const number = toNumber(value);
  if (number === undefined) throw wrongType("cursor id", value, "long");
  return BigInt(number);
}

function wrongType(field: string, value: unknown, expected: string): CommandError {
  if (value === undefined)
    return new CommandError(40414, `BSON field '${field}' is missing but a required field`);
  return new CommandError(
    "TypeMismatch",
    `BSON field '${field}' is the wrong type '${typeOf(value)}', expected type '${expected}'`,
  );
}
