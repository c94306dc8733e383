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

/** Returns a document with some of the fields of another one; the rest is passed over without being decoded. */
export function pickFields(document: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.length);
  const picked = Buffer.allocUnsafe(bytes.length);
  let length = 4;
  let at = 4;
  while (at < bytes.length - 1) {
    const start = at;
    const nameEnd = bytes.indexOf(0, at + 1);
    const size = SIZES[bytes[at] as number];
    if (size === undefined) throw new RangeError(`BSON type ${bytes[at]} is unknown`);
    const name = bytes.toString("utf8", at + 1, nameEnd);
    at = nameEnd + 1 + (typeof size === "number" ? size : size(bytes, nameEnd + 1));
    if (names.has(name)) length += bytes.copy(picked, length, start, at);
  }
  picked[length] = 0;
  picked.writeInt32LE(length + 1, 0);
  return picked.subarray(0, length + 1);
}
