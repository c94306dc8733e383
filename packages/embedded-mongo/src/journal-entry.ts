import { type Document, Double } from "bson";

import { decode, encode } from "./bson-bytes.ts";
import { toNumber } from "./bson-number.ts";

/** One change of the data, as the journal keeps it; applying one twice is the same as once. */
export type JournalEntry =
  | {
      readonly op: "put";
      readonly namespace: string;
      readonly record: number;
      readonly bytes: Uint8Array;
    }
  | { readonly op: "delete"; readonly namespace: string; readonly record: number }
  | { readonly op: "create"; readonly namespace: string }
  | { readonly op: "drop"; readonly namespace: string }
  | { readonly op: "createIndex"; readonly namespace: string; readonly spec: Document }
  | { readonly op: "dropIndex"; readonly namespace: string; readonly name: string };

/** Encodes an entry. */
export function encodeEntry(entry: JournalEntry): Uint8Array {
  switch (entry.op) {
    case "put":
      return encodePut(entry);
    case "delete":
      return encode({ op: entry.op, ns: entry.namespace, record: new Double(entry.record) });
    case "create":
    case "drop":
      return encode({ op: entry.op, ns: entry.namespace });
    case "createIndex":
      return encode({ op: entry.op, ns: entry.namespace, spec: entry.spec });
    case "dropIndex":
      return encode({ op: entry.op, ns: entry.namespace, name: entry.name });
  }
}

// A document of the largest size does not fit into another document, so its bytes follow the head.
function encodePut(entry: Extract<JournalEntry, { op: "put" }>): Uint8Array {
  const head = encode({ op: "put", ns: entry.namespace, record: new Double(entry.record) });
  return Buffer.concat([head, entry.bytes]);
}

/** Decodes the entries of one frame. */
export function* decodeEntries(payload: Buffer): Generator<JournalEntry> {
  let offset = 0;
  while (offset < payload.length) {
    const head = slice(payload, offset);
    offset += head.length;
    const fields = decode(head);
    if (fields["op"] !== "put") {
      yield toEntry(fields);
      continue;
    }
    const bytes = new Uint8Array(slice(payload, offset));
    offset += bytes.length;
    yield { op: "put", namespace: fields["ns"] as string, record: recordOf(fields), bytes };
  }
}

function slice(payload: Buffer, offset: number): Buffer {
  return payload.subarray(offset, offset + payload.readInt32LE(offset));
}

function recordOf(fields: Document): number {
  return toNumber(fields["record"]) ?? 0;
}

function toEntry(fields: Document): JournalEntry {
  const namespace = fields["ns"] as string;
  switch (fields["op"]) {
    case "delete":
      return { op: "delete", namespace, record: recordOf(fields) };
    case "create":
      return { op: "create", namespace };
    case "drop":
      return { op: "drop", namespace };
    case "createIndex":
      return { op: "createIndex", namespace, spec: fields["spec"] as Document };
    case "dropIndex":
      return { op: "dropIndex", namespace, name: fields["name"] as string };
    default:
      throw new Error(`journal holds an entry of an unknown kind: ${String(fields["op"])}`);
  }
}
