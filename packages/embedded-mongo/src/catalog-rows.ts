import { type Document, Double } from "bson";

import { decode, encode } from "./bson-bytes.ts";
import { toNumber } from "./bson-number.ts";
import { sameValue } from "./bson-order.ts";
import type { CollectionState } from "./collection.ts";
import { type IndexState, newIndexState } from "./index-entries.ts";
import { parseIndexSpec } from "./index-spec.ts";
import { NEWEST, type Table, readValue, scanRows } from "./storage.ts";

/** All collections, as the catalog's table has them. */
interface CatalogState {
  /** The last id that a collection or an index was given. */
  readonly nextId: number;
  readonly collections: Map<string, CollectionState>;
}

/** Of the folder as a whole. */
export interface Format {
  readonly version: number;
  /** How many bytes of a journal were moved over, if the data came from one. */
  readonly movedBytes?: number;
}

const FORMAT_VERSION = 1;
const KEYS = { format: "format", nextId: "nextId" };
/** What a collection is; changes seldom. */
const DECLARATION = "c:";
/** How full it is; changes with each document. */
const FILLING = "f:";

/** Returns the format, or `undefined` while a folder is new or its journal is still being moved. */
export function readFormat(table: Table): Format | undefined {
  const row = readValue(table, keyOf(KEYS.format), NEWEST);
  if (row === undefined) return undefined;
  const { version, movedBytes } = decode(row);
  const moved = toNumber(movedBytes);
  return { version: toNumber(version) ?? 0, ...(moved === undefined ? {} : { movedBytes: moved }) };
}

/** Marks a folder as complete. */
export function writeFormat(table: Table, movedBytes?: number): void {
  const moved = movedBytes === undefined ? {} : { movedBytes: new Double(movedBytes) };
  void table.put(keyOf(KEYS.format), encode({ version: FORMAT_VERSION, ...moved }));
}

/** Refuses a folder that a later release has made. */
export function assertFormat({ version }: Format): void {
  if (version > FORMAT_VERSION)
    throw new Error(`the data have format ${version}; this release knows up to ${FORMAT_VERSION}`);
}

/** Reads all collections. */
export function readCatalog(table: Table): CatalogState {
  const nextId = toNumber(decodeRow(readValue(table, keyOf(KEYS.nextId), NEWEST))["id"]) ?? 0;
  const collections = new Map<string, CollectionState>();
  const span = { low: keyOf(DECLARATION), high: keyOf(`${DECLARATION}\u{10ffff}`) };
  for (const { key, value } of scanRows(table, span, { view: NEWEST })) {
    const namespace = Buffer.from(key).toString("utf8").slice(DECLARATION.length);
    const filling = readValue(table, keyOf(FILLING + namespace), NEWEST);
    collections.set(namespace, toCollection(namespace, decode(value), filling));
  }
  return { nextId, collections };
}

function decodeRow(row: Uint8Array | undefined): Document {
  return row === undefined ? {} : decode(row);
}

function toCollection(
  namespace: string,
  declaration: Document,
  filling: Uint8Array | undefined,
): CollectionState {
  const indexes = (declaration["indexes"] as Document[]).map(toIndex);
  const { size, bytes, nextRecord } = decodeRow(filling);
  return {
    namespace,
    id: toNumber(declaration["id"]) ?? 0,
    indexes: new Map(indexes.map((index) => [index.spec.name, index])),
    size: toNumber(size) ?? 0,
    bytes: toNumber(bytes) ?? 0,
    nextRecord: toNumber(nextRecord) ?? 1,
  };
}

function toIndex(row: Document): IndexState {
  const state = newIndexState(toNumber(row["id"]) ?? 0, parseIndexSpec(row["spec"] as Document));
  return {
    ...state,
    multikey: row["multikey"] as boolean[],
    cut: row["cut"] as boolean,
  };
}

/** Writes the last id that was given. */
export function writeNextId(table: Table, id: number): void {
  void table.put(keyOf(KEYS.nextId), encode({ id }));
}

/** Removes what is written of a collection. */
export function removeCollection(table: Table, namespace: string): void {
  void table.remove(keyOf(DECLARATION + namespace));
  void table.remove(keyOf(FILLING + namespace));
}

/** Writes what a change has made of a collection. */
export function writeCollection(
  table: Table,
  before: CollectionState | undefined,
  after: CollectionState,
): void {
  const { namespace, size, bytes, nextRecord } = after;
  if (before === undefined || !sameDeclaration(before, after))
    void table.put(keyOf(DECLARATION + namespace), encode(declarationOf(after)));
  if (
    before === undefined ||
    before.size !== size ||
    before.bytes !== bytes ||
    before.nextRecord !== nextRecord
  ) {
    const filling = { size, bytes, nextRecord };
    void table.put(keyOf(FILLING + namespace), encode(filling));
  }
}

function sameDeclaration(before: CollectionState, after: CollectionState): boolean {
  if (before.id !== after.id || before.indexes.size !== after.indexes.size) return false;
  return [...after.indexes.values()].every((index) => {
    const old = before.indexes.get(index.spec.name);
    return old?.id === index.id && old.cut === index.cut && sameValue(old.multikey, index.multikey);
  });
}

function declarationOf({ id, indexes }: CollectionState): Document {
  return {
    id,
    indexes: Array.from(indexes.values(), ({ id: indexId, spec, multikey, cut }) => ({
      id: indexId,
      spec: spec.source,
      multikey,
      cut,
    })),
  };
}

function keyOf(text: string): Buffer {
  return Buffer.from(text, "utf8");
}
