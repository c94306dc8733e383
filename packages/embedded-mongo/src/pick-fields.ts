/** The bytes of a value by its type; a function where they depend on what is there. */
const SIZES: Readonly<Record<number, number | ((bytes: Buffer, at: number) => number)>> = {
  1: 8,
  2: textSize,
  3: documentSize,
  4: documentSize,
  5: (bytes, at) => 5 + bytes.readInt32LE(at),
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  11: (bytes, at) => bytes.indexOf(0, bytes.indexOf(0, at) + 1) + 1 - at,
  12: (bytes, at) => textSize(bytes, at) + 12,
  13: textSize,
  14: textSize,
  15: documentSize,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
  127: 0,
  255: 0,
};

function textSize(bytes: Buffer, at: number): number {
  return 4 + bytes.readInt32LE(at);
}

function documentSize(bytes: Buffer, at: number): number {
  return bytes.readInt32LE(at);
}

/** The names of a set as bytes, because a set is used for many documents. */
const NAMES = new WeakMap<ReadonlySet<string>, readonly Buffer[]>();

function bytesOf(names: ReadonlySet<string>): readonly Buffer[] {
  let bytes = NAMES.get(names);
  if (bytes === undefined) {
    bytes = Array.from(names, (name) => Buffer.from(name));
    NAMES.set(names, bytes);
  }
  return bytes;
}

/** Returns a document with some of the fields of another one; the rest is passed over without being decoded. */
export function pickFields(document: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.length);
  const wanted = bytesOf(names);
  const picked: Buffer[] = [];
  let at = 4;
  while (picked.length < wanted.length && at < bytes.length - 1) {
    const start = at;
    const nameEnd = endOfName(bytes, at + 1);
    const size = SIZES[bytes[at] as number];
    if (size === undefined) throw new RangeError(`BSON type ${bytes[at]} is unknown`);
    at = nameEnd + 1 + (typeof size === "number" ? size : size(bytes, nameEnd + 1));
    if (wanted.some((name) => isName(bytes, name, start + 1)))
      picked.push(bytes.subarray(start, at));
  }
  return documentOf(picked);
}

// Names are short: a loop is quicker than `indexOf`.
function endOfName(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] !== 0) at += 1;
  return at;
}

// A zero ends the name in the document.
function isName(bytes: Buffer, name: Buffer, from: number): boolean {
  let index = 0;
  while (index < name.length && bytes[from + index] === name[index]) index += 1;
  return index === name.length && bytes[from + index] === 0;
}

function documentOf(fields: readonly Buffer[]): Uint8Array {
  const length = fields.reduce((sum, field) => sum + field.length, 5);
  const document = Buffer.allocUnsafe(length);
  document.writeInt32LE(length, 0);
  let at = 4;
  for (const field of fields) {
    document.set(field, at);
    at += field.length;
  }
  document[at] = 0;
  return document;
}
