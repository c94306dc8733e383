import type { Document } from "bson";

/** MongoDB's name of a value's type, as `$type` takes it; "missing" stands for no value. */
export type BsonTypeName =
  | "minKey"
  | "missing"
  | "null"
  | "int"
  | "long"
  | "double"
  | "decimal"
  | "string"
  | "symbol"
  | "object"
  | "array"
  | "binData"
  | "objectId"
  | "bool"
  | "date"
  | "timestamp"
  | "regex"
  | "javascript"
  | "javascriptWithScope"
  | "maxKey";

/** The number that `$type` takes for a type. */
export const TYPE_NUMBERS: Readonly<Record<Exclude<BsonTypeName, "missing">, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** MongoDB's order of types; values with the same rank are compared with each other. */
export const TYPE_RANKS: Readonly<Record<BsonTypeName, number>> = {
  minKey: -1,
  missing: 0,
  null: 5,
  int: 10,
  long: 10,
  double: 10,
  decimal: 10,
  string: 15,
  symbol: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  javascript: 60,
  javascriptWithScope: 65,
  maxKey: 127,
};

const TAGGED: Readonly<Record<string, BsonTypeName>> = {
  Int32: "int",
  Long: "long",
  Double: "double",
  Decimal128: "decimal",
  ObjectId: "objectId",
  Binary: "binData",
  Timestamp: "timestamp",
  BSONRegExp: "regex",
  BSONSymbol: "symbol",
  MinKey: "minKey",
  MaxKey: "maxKey",
  DBRef: "object",
};

/** Returns the type of a decoded value. */
export function typeOf(value: unknown): BsonTypeName {
  if (typeof value === "string") return "string";
  // A symbol stands for an empty array in an index key, which sorts as a missing value.
  if (value === undefined || typeof value === "symbol") return "missing";
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "double";
  if (Array.isArray(value)) return "array";
  if (value instanceof Date) return "date";
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag !== "string") return "object";
  if (tag === "Code")
    return (value as { scope?: unknown }).scope ? "javascriptWithScope" : "javascript";
  return TAGGED[tag] ?? "object";
}

/** Returns the rank of a value's type in MongoDB's order of types. */
export function rankOf(value: unknown): number {
  return TYPE_RANKS[typeOf(value)];
}

/** Returns the value as a document whose fields can be read, or `undefined` if it is none. */
export function asDocument(value: unknown): Document | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  if (value instanceof Date) return undefined;
  const tag = (value as { _bsontype?: unknown })._bsontype;
  if (typeof tag !== "string") return value as Document;
  if (tag !== "DBRef") return undefined;
  const { collection, oid, db, fields } = value as Document;
  return { $ref: collection, $id: oid, ...(db === undefined ? {} : { $db: db }), ...fields };
}

/** Whether a value is one of the four kinds of number. */
export function isNumeric(value: unknown): boolean {
  return rankOf(value) === TYPE_RANKS.int;
}
