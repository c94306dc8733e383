import { PROPERTIES, RELATION_NAMES, SNAPSHOT_COLUMNS, timestampInput } from "@call-log/model";

/** Why a row can't be imported. */
export interface ImportRefusal {
  /** Dotted path of the property; empty when it is the row itself. */
  field: string;
  reason: string;
}

/** MongoDB takes documents nested to 100 levels. */
const MAX_DEPTH = 80;

/** Half of a surrogate pair: it has no UTF-8 form and would come back changed. */
const UNPAIRED_SURROGATE = /\p{Surrogate}/u;

/** Keys with a special meaning for the driver or JavaScript. */
const RESERVED_KEYS: ReadonlySet<string> = new Set(["__proto__", "_bsontype"]);

/** A row without nulls and without OneUptime's `{_type, value}`. `callData` stays as it is: it is the caller's own. */
export function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => [
    name,
    name === "callData" ? value : bare(row, name),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** The values in a row that can't be stored, or would come back changed. */
export function rowFault(row: Record<string, unknown>): ImportRefusal | undefined {
  for (const [name, value] of Object.entries(row)) {
    if (!Object.hasOwn(PROPERTIES, name)) continue;
    const reason = faultIn(value, MAX_DEPTH);
    if (reason !== undefined) return { field: name, reason };
  }
  return undefined;
}

/** Attempts with times as dates and without nulls. Invalid times stay, for the schema to refuse. */
export function revivedDates(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => revivedDates(item));
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== null)
        .map(([name, inner]) => [name, revivedDates(inner, name)]),
    );
  if (key !== "at" && !key.endsWith("At")) return value;
  return timestampInput.safeParse(value).data ?? value;
}

/** True for an object that is no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function faultIn(value: unknown, depth: number): string | undefined {
  if (typeof value === "string")
    return UNPAIRED_SURROGATE.test(value)
      ? "holds half a character (an unpaired surrogate)"
      : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === 0) return `must be nested at most ${MAX_DEPTH} levels`;
  for (const [key, inner] of Object.entries(value)) {
    const reason = faultOfKey(key) ?? faultIn(inner, depth - 1);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function faultOfKey(key: string): string | undefined {
  if (key.includes("\0")) return "no key may hold a NUL character";
  if (RESERVED_KEYS.has(key)) return `no key may be ${key}`;
  return faultIn(key, 1);
}

function bare(row: Record<string, unknown>, name: string): unknown {
  const value = unwrapped(row[name]);
  if (!isObject(value) || !(RELATION_NAMES as string[]).includes(name)) return value;
  const columns = ["_id", ...SNAPSHOT_COLUMNS].map((key) => [key, unwrapped(value[key])]);
  const given = columns.filter(([, inner]) => inner !== null && inner !== undefined);
  const id = unwrapped(row[`${name}Id`]);
  return { ...(typeof id === "string" && { _id: id }), ...Object.fromEntries(given) };
}

function unwrapped(value: unknown): unknown {
  if (!isObject(value)) return value;
  const isWrapper = typeof value["_type"] === "string" && Object.hasOwn(value, "value");
  return isWrapper && Object.keys(value).length === 2 ? value["value"] : value;
}
