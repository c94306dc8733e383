/** Where the elements of a document begin, after its length. */
const FIRST_ELEMENT = 4;
export const DOCUMENT_TYPE = 3;
const NOTHING = Buffer.alloc(0);

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

/** The names of a set with their bytes, because a set is used for many documents. */
const NAMES = new WeakMap<ReadonlySet<string>, readonly (readonly [string, Buffer])[]>();

function bytesOf(names: ReadonlySet<string>): readonly (readonly [string, Buffer])[] {
  let bytes = NAMES.get(names);
  if (bytes === undefined) {
    bytes = Array.from(names, (name) => [name, Buffer.from(name)]);
    NAMES.set(names, bytes);
  }
  return bytes;
}

/** Returns a document with some of the fields of another one; the rest is passed over without being decoded. */
export function pickFields(document: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  return documentOf([...elementsOf(document, names).values()]);
}

/** Returns which of some fields are other bytes in another version of a document, or are in one of the two alone. */
export function changedFields(
  before: Uint8Array,
  after: Uint8Array,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const [old, own] = [elementsOf(before, names), elementsOf(after, names)];
  const isSame = (name: string): boolean => {
    const [element, other] = [old.get(name), own.get(name)];
    return element === undefined || other === undefined ? element === other : element.equals(other);
  };
  return new Set([...names].filter((name) => !isSame(name)));
}

/**
 * Returns a document with other values of some of its fields: those that it has keep their places, those that are new
 * come last, those that `values` lacks are left out. The rest is copied without being decoded.
 */
export function replaceFields(
  document: Uint8Array,
  names: ReadonlySet<string>,
  values: Uint8Array,
): Uint8Array {
  const bytes = asBuffer(document);
  const next = elementsOf(values, names);
  const parts: Buffer[] = [];
  let copied = FIRST_ELEMENT;
  eachElement(bytes, names, (name, start, end) => {
    if (name === undefined) return true;
    parts.push(bytes.subarray(copied, start), next.get(name) ?? NOTHING);
    next.delete(name);
    copied = end;
    return true;
  });
  return documentOf([...parts, bytes.subarray(copied, -1), ...next.values()]);
}

/** Returns the bytes of the value of a field, if that is a document. */
export function documentAt(document: Uint8Array, name: string): Uint8Array | undefined {
  const element = elementsOf(document, new Set([name])).get(name);
  return element?.[0] === DOCUMENT_TYPE
    ? element.subarray(1 + Buffer.byteLength(name) + 1)
    : undefined;
}

/** Some fields of a document in their order, each with its type and its name. */
export function elementsOf(document: Uint8Array, names: ReadonlySet<string>): Map<string, Buffer> {
  const bytes = asBuffer(document);
  const found = new Map<string, Buffer>();
  eachElement(bytes, names, (name, start, end) => {
    if (name !== undefined) found.set(name, bytes.subarray(start, end));
    return found.size < names.size;
  });
  return found;
}

/** Visits the elements of a document until told to stop; each with its name if that is one of some names. */
export function eachElement(
  bytes: Buffer,
  names: ReadonlySet<string>,
  visit: (name: string | undefined, start: number, end: number) => boolean,
): void {
  const wanted = bytesOf(names);
  let at = FIRST_ELEMENT;
  let goesOn = true;
  while (goesOn && at < bytes.length - 1) {
    const start = at;
    const nameEnd = endOfName(bytes, at + 1);
    const size = SIZES[bytes[at] as number];
    if (size === undefined) throw new RangeError(`BSON type ${bytes[at]} is unknown`);
    at = nameEnd + 1 + (typeof size === "number" ? size : size(bytes, nameEnd + 1));
    const own = wanted.find(([, name]) => isName(bytes, name, start + 1));
    goesOn = visit(own?.[0], start, at);
  }
}

function asBuffer({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}

/** Where the name that begins there ends: names are short, so that a loop is quicker than `indexOf`. */
export function endOfName(bytes: Buffer, from: number): number {
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

/** A document with these elements, in their order. */
export function documentOf(fields: readonly Buffer[]): Uint8Array {
  const length = fields.reduce((sum, field) => sum + field.length, 5);
  const document = Buffer.allocUnsafe(length);
  document.writeInt32LE(length, 0);
  let at = FIRST_ELEMENT;
  for (const field of fields) {
    document.set(field, at);
    at += field.length;
  }
  document[at] = 0;
  return document;
}
