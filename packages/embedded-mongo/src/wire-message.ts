import type { Document } from "bson";

import { decode, decodeCommand, encode } from "./bson-bytes.ts";
import { CommandError } from "./errors.ts";

/** The largest message that is read. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** The bytes of a message's header. */
export const HEADER_BYTES = 16;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
// The lower half of the flag bits must be understood, the upper half may be ignored.
const UNKNOWN_REQUIRED_BITS = 0xfffc;

/** A command as it came over the wire. */
export interface WireRequest {
  readonly requestId: number;
  /** Whether it came as OP_QUERY, which drivers send before they know the server. */
  readonly legacy: boolean;
  /** Whether the client wants no answer. */
  readonly silent: boolean;
  readonly command: Document;
}

/** Reads one whole message. */
export function readMessage(message: Buffer): WireRequest {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return readOpMsg(message, requestId);
  if (opCode === OP_QUERY) return readOpQuery(message, requestId);
  throw new WireError(`unsupported op code ${opCode}`);
}

/** A message that breaks the protocol; the connection cannot go on after it. */
export class WireError extends Error {
  override readonly name = "WireError";
}

function readOpMsg(message: Buffer, requestId: number): WireRequest {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & UNKNOWN_REQUIRED_BITS) !== 0) throw new WireError(`unknown flag bits ${flags}`);
  const end = (flags & CHECKSUM_PRESENT) === 0 ? message.length : message.length - 4;
  const sections = readSections(message, { offset: HEADER_BYTES + 4, end });
  if (sections.body === undefined) throw new WireError("message without a body");
  const command = decodeCommand(sections.body);
  for (const [name, documents] of sections.sequences) {
    if (name in command)
      throw new CommandError("FailedToParse", `duplicate field ${name} in message`);
    command[name] = LEFT_AS_BYTES.has(name)
      ? documents
      : documents.map((document) => decode(document));
  }
  return { requestId, legacy: false, silent: (flags & MORE_TO_COME) !== 0, command };
}

/** Sequences whose documents, or parts of them, are kept as they came. */
const LEFT_AS_BYTES: ReadonlySet<string> = new Set(["documents", "updates"]);

interface Sections {
  body?: Uint8Array;
  readonly sequences: [string, Uint8Array[]][];
}

function readSections(message: Buffer, span: { offset: number; end: number }): Sections {
  const sections: Sections = { sequences: [] };
  let { offset } = span;
  while (offset < span.end) {
    const kind = message[offset];
    const start = offset + 1;
    const size = sizeAt(message, start, span.end);
    if (kind === 0) sections.body = message.subarray(start, start + size);
    else if (kind === 1)
      sections.sequences.push(readSequence(message.subarray(start, start + size)));
    else throw new WireError(`unknown section kind ${kind}`);
    offset = start + size;
  }
  return sections;
}

function sizeAt(message: Buffer, offset: number, end: number): number {
  const size = offset + 4 <= end ? message.readInt32LE(offset) : -1;
  if (size < 5 || offset + size > end) throw new WireError("section beyond the end of the message");
  return size;
}

function readSequence(section: Buffer): [string, Uint8Array[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new WireError("document sequence without a name");
  const documents: Uint8Array[] = [];
  let offset = nameEnd + 1;
  while (offset < section.length) {
    const size = sizeAt(section, offset, section.length);
    documents.push(section.subarray(offset, offset + size));
    offset += size;
  }
  return [section.toString("utf8", 4, nameEnd), documents];
}

function readOpQuery(message: Buffer, requestId: number): WireRequest {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0) throw new WireError("query without a collection name");
  const namespace = message.toString("utf8", HEADER_BYTES + 4, nameEnd);
  const start = nameEnd + 9;
  const size = sizeAt(message, start, message.length);
  const command = decode(message.subarray(start, start + size));
  return {
    requestId,
    legacy: true,
    silent: false,
    command: { ...command, $db: namespace.split(".")[0] },
  };
}

/** Frames an encoded answer for the request it belongs to. */
export function frameReply(
  request: Pick<WireRequest, "requestId" | "legacy">,
  body: Uint8Array,
): Buffer {
  const prefix = request.legacy ? opReplyPrefix() : Buffer.from([0, 0, 0, 0, 0]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + prefix.length + body.length, 0);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, body]);
}

function opReplyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  // Bit 3, AwaitCapable, is set by every server; then no cursor, offset 0, one document.
  prefix.writeInt32LE(8, 0);
  prefix.writeInt32LE(1, 16);
  return prefix;
}

/** Encodes an error as a command's answer. */
export function encodeError(error: CommandError): Uint8Array {
  const { message: errmsg, code, codeName, details } = error;
  return encode({ ok: 0, errmsg, code, codeName, ...details });
}
