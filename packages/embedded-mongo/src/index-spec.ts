import type { Document } from "bson";

import { toNumber } from "./bson-number.ts";
import { sameValue } from "./bson-order.ts";
import { asDocument, typeOf } from "./bson-type.ts";
import { CommandError } from "./errors.ts";
import { noteUse } from "./feature-use.ts";
import type { Filter } from "./filter.ts";
import { parseFilter } from "./parse-filter.ts";

/** One field of an index or a sort, with its direction. */
export interface KeyField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** A declared index. */
export interface IndexSpec {
  readonly name: string;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilter?: Filter | undefined;
  readonly expireAfterSeconds?: number | undefined;
  /** The declaration as `listIndexes` returns it. */
  readonly source: Document;
}

/** The fields of an index declaration. */
export const INDEX_OPTIONS: ReadonlySet<string> = new Set([
  "key",
  "name",
  "unique",
  "sparse",
  "partialFilterExpression",
  "expireAfterSeconds",
  "v",
]);

const MAX_EXPIRE_SECONDS = 2 ** 31 - 1;

/** The index that each collection has on `_id`. */
export const ID_INDEX: Document = { v: 2, key: { _id: 1 }, name: "_id_" };

/** Parses one declaration of `createIndexes`. */
export function parseIndexSpec(source: Document): IndexSpec {
  const key = asDocument(source["key"]);
  if (key === undefined)
    throw new CommandError(
      "FailedToParse",
      "The 'key' field is a required property of an index specification",
    );
  const name: unknown = source["name"];
  if (typeof name !== "string")
    throw new CommandError(
      "FailedToParse",
      "The 'name' field is a required property of an index specification",
    );
  if (name === "") throw new CommandError("CannotCreateIndex", "index name cannot be empty");
  assertOptions(source);
  const fields = parseKeyFields(key, "CannotCreateIndex");
  const isId = fields.length === 1 && fields[0]?.path === "_id";
  const partial = partialOf(source["partialFilterExpression"]);
  if (partial !== undefined && isFlag(source["sparse"])) {
    throw new CommandError(
      "CannotCreateIndex",
      'cannot mix "partialFilterExpression" and "sparse" options',
    );
  }
  return {
    name,
    fields,
    unique: isId || isFlag(source["unique"]),
    sparse: isFlag(source["sparse"]),
    partialFilter: partial === undefined ? undefined : parsePartialFilter(partial),
    expireAfterSeconds: parseExpiry(source["expireAfterSeconds"], fields),
    source: declaration(source),
  };
}

function partialOf(value: unknown): Document | undefined {
  if (value === undefined) return undefined;
  const partial = asDocument(value);
  if (partial !== undefined) return partial;
  throw new CommandError(
    "TypeMismatch",
    `The field 'partialFilterExpression' must be an object, but got ${typeOf(value)}`,
  );
}

function assertOptions(source: Document): void {
  for (const option of Object.keys(source)) noteUse("index option", option);
  const unknown = Object.keys(source).find((option) => !INDEX_OPTIONS.has(option));
  if (unknown === undefined) return;
  const message = `The field '${unknown}' is not valid for an index specification, or not supported by this server`;
  throw new CommandError("InvalidIndexSpecificationOption", message);
}

// Options that say nothing are left out, so that two ways to declare one index compare as equal.
function declaration(source: Document): Document {
  const result: Document = { v: 2, key: source["key"] as Document, name: source["name"] as string };
  for (const flag of ["unique", "sparse"]) if (isFlag(source[flag])) result[flag] = true;
  for (const option of ["partialFilterExpression", "expireAfterSeconds"]) {
    if (source[option] !== undefined) result[option] = source[option];
  }
  return result;
}

function isFlag(value: unknown): boolean {
  return value === true || (toNumber(value) ?? 0) !== 0;
}

/** Parses `{ path: 1 | -1, … }`; used to declare indexes and to name one. */
export function parseKeyFields(
  key: Document,
  refusal: "CannotCreateIndex" | "BadValue",
): KeyField[] {
  const entries = Object.entries(key);
  if (entries.length === 0) throw new CommandError(refusal, "Index keys cannot be an empty object");
  return entries.map(([path, value]) => {
    if (typeof value === "string") {
      throw new CommandError(
        refusal,
        `Index type '${value}' of field '${path}' is not supported by this server`,
      );
    }
    const direction = toNumber(value);
    if (direction === undefined || Number.isNaN(direction) || direction === 0) {
      throw new CommandError(
        refusal,
        `Values in the index key pattern cannot be 0 or of another type than number: ${path}`,
      );
    }
    assertIndexPath(path, refusal);
    return { path, direction: direction > 0 ? 1 : -1 };
  });
}

function assertIndexPath(path: string, refusal: "CannotCreateIndex" | "BadValue"): void {
  if (path === "" || path.split(".").some((part) => part === "")) {
    throw new CommandError(refusal, "Index keys cannot contain an empty field.");
  }
  if (path.split(".").some((part) => part.startsWith("$"))) {
    const message = `Index key contains an illegal field name or a wildcard, which this server does not support: ${path}`;
    throw new CommandError(refusal, message);
  }
}

const PARTIAL_OPERATORS = new Set(["$eq", "$gt", "$gte", "$lt", "$lte", "$type", "$exists"]);

function parsePartialFilter(source: Document): Filter {
  const filter = parseFilter(source);
  for (const child of filter.kind === "and" ? filter.children : [filter]) {
    if (child.kind !== "leaf" || !PARTIAL_OPERATORS.has(child.operator)) {
      const message =
        "unsupported expression in partial index: only $eq, $gt, $gte, $lt, $lte, $type, $exists: true and $and of them";
      throw new CommandError("CannotCreateIndex", message);
    }
  }
  return filter;
}

function parseExpiry(value: unknown, fields: readonly KeyField[]): number | undefined {
  if (value === undefined) return undefined;
  const seconds = toNumber(value);
  if (seconds === undefined || !(seconds >= 0 && seconds <= MAX_EXPIRE_SECONDS)) {
    throw new CommandError(
      "CannotCreateIndex",
      "TTL index 'expireAfterSeconds' option must be numeric and within 0 and 2147483647",
    );
  }
  if (fields.length > 1) {
    throw new CommandError(
      "CannotCreateIndex",
      "TTL indexes are single-field indexes, compound indexes do not support TTL",
    );
  }
  if (fields[0]?.path === "_id")
    throw new CommandError(
      "CannotCreateIndex",
      "The field 'expireAfterSeconds' is not valid for an _id index specification",
    );
  return seconds;
}

/** Whether two declarations mean the same fields in the same order and direction. */
export function sameKey(left: IndexSpec, right: IndexSpec): boolean {
  return keyText(left.fields) === keyText(right.fields);
}

/** Whether two declarations are equal but for their names. */
export function sameOptions(left: IndexSpec, right: IndexSpec): boolean {
  const { name: _left, key: _leftKey, ...a } = left.source;
  const { name: _right, key: _rightKey, ...b } = right.source;
  return sameValue(sorted(a), sorted(b));
}

function sorted(document: Document): Document {
  return Object.fromEntries(Object.entries(document).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes a key as text, for comparison and for messages. */
export function keyText(fields: readonly KeyField[]): string {
  return `{ ${fields.map(({ path, direction }) => `${path}: ${direction}`).join(", ")} }`;
}
