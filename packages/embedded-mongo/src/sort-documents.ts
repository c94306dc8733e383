import type { Document } from "bson";

import { toNumber } from "./bson-number.ts";
import { compareValues } from "./bson-order.ts";
import { asDocument } from "./bson-type.ts";
import { CommandError } from "./errors.ts";
import type { KeyField } from "./index-spec.ts";
import { extractKeys } from "./key-extract.ts";

const MAX_SORT_FIELDS = 32;

/** Parses a sort such as `{ createdAt: -1, _id: -1 }`. */
export function parseSort(sort: Document): KeyField[] {
  const entries = Object.entries(sort);
  if (entries.length > MAX_SORT_FIELDS) throw new CommandError("BadValue", "too many sort fields");
  return entries.map(([path, value]) => {
    if (asDocument(value) !== undefined) {
      throw new CommandError("NotImplemented", "sort by $meta is not supported by this server");
    }
    const direction = toNumber(value);
    if (direction === undefined)
      throw new CommandError(
        15974,
        `Illegal key in $sort specification: ${path}: ${String(value)}`,
      );
    if (direction !== 1 && direction !== -1) {
      throw new CommandError(
        15975,
        "$sort key ordering must be 1 (for ascending) or -1 (for descending)",
      );
    }
    if (path === "" || path.split(".").includes(""))
      throw new CommandError(40352, "FieldPath cannot be constructed with an empty field name");
    if (path.startsWith("$"))
      throw new CommandError(16410, "FieldPath field names may not start with '$'.");
    return { path, direction };
  });
}

/** Sorts what `documentOf` shows as documents; equal ones keep their order. */
export function sortBy<Item>(
  items: readonly Item[],
  fields: readonly KeyField[],
  documentOf: (item: Item) => Document,
): Item[] {
  const paths = fields.map(({ path }) => path.split("."));
  const keyed = items.map((item) => ({ item, key: sortKey(documentOf(item), paths, fields) }));
  keyed.sort((left, right) => compareKeys(left.key, right.key, fields));
  return keyed.map(({ item }) => item);
}

/** Returns the least key that a document has in the order of the sort. */
export function sortKey(
  document: Document,
  paths: readonly (readonly string[])[],
  fields: readonly KeyField[],
): readonly unknown[] {
  return extractSortKeys(document, paths).reduce((least, key) =>
    compareKeys(key, least, fields) < 0 ? key : least,
  );
}

function extractSortKeys(
  document: Document,
  paths: readonly (readonly string[])[],
): readonly (readonly unknown[])[] {
  try {
    return extractKeys(document, paths).keys;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CommandError("BadValue", "cannot sort with keys that are parallel arrays");
  }
}

/** Compares two keys field by field. */
export function compareKeys(
  left: readonly unknown[],
  right: readonly unknown[],
  fields: readonly KeyField[],
): number {
  for (const [position, { direction }] of fields.entries()) {
    const order = compareValues(left[position], right[position]);
    if (order !== 0) return order * direction;
  }
  return 0;
}
