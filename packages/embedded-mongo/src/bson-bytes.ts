import { type Document, deserialize, serialize } from "bson";

import { CommandError } from "./errors.ts";

/** The most bytes that a stored document may have. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

const TYPE_OBJECT = 3;
const TYPE_ARRAY = 4;
const TYPE_STRING = 2;
const TYPE_NULL = 10;
const TYPE_INT64 = 18;

/** Decodes a document and keeps the type of every value. */
export function decode(bytes: Uint8Array): Document {
  return decodeWith(bytes, {});
}

/** Decodes a command; its field `documents` is left as bytes. */
export function decodeCommand(bytes: Uint8Array): Document {
  return decodeWith(bytes, { fieldsAsRaw: { documents: true } });
}

function decodeWith(bytes: Uint8Array, options: { fieldsAsRaw?: Document }): Document {
  try {
    return deserialize(bytes, { promoteValues: false, bsonRegExp: true, ...options });
  } catch (error) {
    throw new CommandError("InvalidBSON", `invalid BSON: ${(error as Error).message}`);
  }
}

/** Encodes a document. */
export function encode(value: Document): Uint8Array {
  try {
    return serialize(value, { ignoreUndefined: false });
  } catch (error) {
    // bson refuses what is beyond its working buffer, which is MongoDB's limit plus some.
    throw new CommandError(
      "BSONObjectTooLarge",
      `cannot encode document: ${(error as Error).message}`,
    );
  }
}

/** Encodes a document that is to be stored, and refuses it if it is too large. */
export function encodeStored(value: Document): Uint8Array {
  const bytes = encode(value);
  assertStorable(bytes);
  return bytes;
}

/** Refuses a document that is larger than MongoDB stores. */
export function assertStorable(bytes: Uint8Array): void {
  if (bytes.length <= MAX_DOCUMENT_BYTES) return;
  const message = `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT_BYTES}`;
  throw new CommandError("BSONObjectTooLarge", message);
}

/** A part of a cursor's results, kept as bytes so that documents go out as they came in. */
export interface CursorBatch {
  readonly field: "firstBatch" | "nextBatch";
  readonly documents: readonly Uint8Array[];
  readonly cursorId: bigint;
  readonly namespace: string;
}

/** Encodes `{ cursor: { firstBatch: […], id, ns }, ok: 1 }` without decoding the documents. */
export function encodeCursorReply(batch: CursorBatch): Uint8Array {
  const id = Buffer.alloc(8);
  id.writeBigInt64LE(batch.cursorId);
  const cursor = joinDocument([
    element(TYPE_ARRAY, batch.field),
    ...encodeArray(batch.documents),
    element(TYPE_INT64, "id"),
    id,
    element(TYPE_STRING, "ns"),
    ...encodeString(batch.namespace),
  ]);
  return Buffer.concat(joinDocument([element(TYPE_OBJECT, "cursor"), ...cursor, OK]));
}

/** Encodes `{ lastErrorObject, value, ok: 1 }` without decoding the value. */
export function encodeFoundReply(found: {
  lastErrorObject: Document;
  value: Uint8Array | null;
}): Uint8Array {
  const { lastErrorObject, value } = found;
  const shown =
    value === null ? [element(TYPE_NULL, "value")] : [element(TYPE_OBJECT, "value"), value];
  return Buffer.concat(joinDocument([elementsOf({ lastErrorObject }), ...shown, OK]));
}

// Without its length and its end.
function elementsOf(document: Document): Uint8Array {
  return encode(document).subarray(4, -1);
}

const OK = elementsOf({ ok: 1 });

function encodeArray(documents: readonly Uint8Array[]): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (const [index, document] of documents.entries()) {
    parts.push(element(TYPE_OBJECT, String(index)), document);
  }
  return joinDocument(parts);
}

function encodeString(value: string): Uint8Array[] {
  const bytes = Buffer.from(`${value}\0`, "utf8");
  return [int32(bytes.length), bytes];
}

function joinDocument(parts: readonly Uint8Array[]): Uint8Array[] {
  const size = parts.reduce((sum, part) => sum + part.length, 5);
  return [int32(size), ...parts, Buffer.from([0])];
}

function element(type: number, name: string): Uint8Array {
  return Buffer.from(`${String.fromCharCode(type)}${name}\0`, "utf8");
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
