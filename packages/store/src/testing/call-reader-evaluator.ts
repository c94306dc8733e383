import { toE164 } from "@call-log/model";
import type { Document } from "mongodb";

// Says what a query finds, straight from the tables of the specification: over the raw JSON, with none of the code under test.

type Json = Record<string, unknown>;
type Kind = "date" | "id" | "number" | "phone" | "text" | "json";

const DATES = /(^|\.)(createdAt|updatedAt|\w+At|at)$/;
const NUMBERS = /^(callCostInUSDCents|attemptCount|attempts\..*(number|durationSeconds|sequence))$/;
const RELATION = /^(incident|user|alert|team|project)(\.|$)/;

function kindOf(path: string): Kind {
  if (path.startsWith("callData") || path === "incident.number") return "json";
  if (DATES.test(path)) return "date";
  if (NUMBERS.test(path)) return "number";
  if (/^(_id|\w+Id)$/.test(path)) return "id";
  return path === "toNumber" || path === "fromNumber" ? "phone" : "text";
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

const isNothing = (value: unknown) => value === null || value === undefined;

/**
 * The values at a path as MongoDB sees them: of every element of the lists on the way; undefined where there is none.
 */
function valuesAt(value: unknown, [name, ...rest]: string[]): unknown[] {
  if (name === undefined) return [value];
  if (Array.isArray(value))
    return value.flatMap((element: unknown, index) => [
      ...(isObject(element) ? valuesAt(element, [name, ...rest]) : []),
      ...(name === String(index) ? valuesAt(element, rest) : []),
    ]);
  if (!isObject(value)) return [undefined];
  return Object.hasOwn(value, name) ? valuesAt(value[name], rest) : [undefined];
}

const withElements = (values: unknown[]) =>
  values.flatMap((value) => (Array.isArray(value) ? [value, ...(value as unknown[])] : [value]));

/** A value of a query in the form in which it is stored. */
function stored(kind: Kind, given: unknown): unknown {
  const value = isObject(given) ? given["value"] : given;
  if (value === null || kind === "json") return value;
  if (kind === "date") return new Date(value as string);
  if (kind === "number") return Number(value);
  return kind === "id" ? (value as string).toLowerCase() : value;
}

function order(a: unknown, b: unknown): number | undefined {
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string")
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return undefined;
}

function equal(kind: Kind, a: unknown, b: unknown): boolean {
  if (isNothing(b)) return isNothing(a);
  if (kind === "phone") return a === b || a === (toE164(b as string) ?? b);
  return a === b || order(a, b) === 0;
}

const folded = (text: string) =>
  new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), "iu").source;

function hasText(value: unknown, text: string, [before, after]: [string, string]): boolean {
  if (text === "") return !isNothing(value);
  return typeof value === "string" && new RegExp(before + folded(text) + after, "iu").test(value);
}

interface Asked {
  kind: Kind;
  /** Values with the elements of lists. */
  all: unknown[];
  /** Values as they are. */
  whole: unknown[];
}

const OPERATORS: Record<string, (asked: Asked, operand: Json) => boolean> = {
  EqualTo: ({ kind, all }, { value }) => all.some((v) => equal(kind, v, stored(kind, value))),
  NotEqual: ({ kind, all }, { value }) =>
    all.every((v) => !isNothing(v) && !equal(kind, v, stored(kind, value))),
  EqualToOrNull: ({ kind, all }, { value }) =>
    all.some((v) => isNothing(v) || equal(kind, v, stored(kind, value))),
  GreaterThan: (asked, { value }) => compares(asked, value, (o) => o > 0),
  GreaterThanOrEqual: (asked, { value }) => compares(asked, value, (o) => o >= 0),
  LessThan: (asked, { value }) => compares(asked, value, (o) => o < 0),
  LessThanOrEqual: (asked, { value }) => compares(asked, value, (o) => o <= 0),
  GreaterThanOrNull: (asked, { value }) =>
    asked.all.some(isNothing) || compares(asked, value, (o) => o > 0),
  LessThanOrNull: (asked, { value }) =>
    asked.all.some(isNothing) || compares(asked, value, (o) => o < 0),
  InBetween: ({ kind, all }, { startValue, endValue }) =>
    all.some(
      (v) =>
        (order(v, stored(kind, startValue)) ?? -1) >= 0 &&
        (order(v, stored(kind, endValue)) ?? 1) <= 0,
    ),
  Includes: ({ kind, all }, { value }) =>
    (value as unknown[]).some((item) => all.some((v) => equal(kind, v, stored(kind, item)))),
  IncludesAll: ({ kind, all, whole }, { value }) => {
    const holds = (item: unknown) => all.some((v) => equal(kind, v, stored(kind, item)));
    const items = value as unknown[];
    if (items.length === 0) return false;
    return whole.some(Array.isArray) ? items.every(holds) : items.some(holds);
  },
  IncludesNone: ({ kind, all }, { value }) =>
    (value as unknown[]).length === 0 ||
    all.every(
      (v) =>
        !isNothing(v) && !(value as unknown[]).some((item) => equal(kind, v, stored(kind, item))),
    ),
  IsNull: ({ all }) => all.some(isNothing),
  NotNull: ({ all }) => !all.some(isNothing),
  Search: ({ all, whole }, { value }) => searched(all, whole, [(value as string).trim(), "", ""]),
  StartsWith: ({ all, whole }, { value }) => searched(all, whole, [value as string, "^", ""]),
  EndsWith: ({ all, whole }, { value }) => searched(all, whole, [value as string, "", "$"]),
  NotContains: ({ all, whole }, { value }) =>
    !searched(all, whole, [(value as string).trim(), "", ""]),
};

// The empty text asks whether there is a value, which a list with a null in it, as everywhere, does not have.
function searched(
  all: unknown[],
  whole: unknown[],
  [text, before, after]: [string, string, string],
) {
  if (text === "") return !all.some(isNothing) && whole.length >= 0;
  return all.some((value) => hasText(value, text, [before, after]));
}

function compares(
  { kind, all }: Asked,
  value: unknown,
  holds: (order: number) => boolean,
): boolean {
  return all.some((v) => {
    const result = order(v, stored(kind, value));
    return result !== undefined && holds(result);
  });
}

const MONGO: Record<string, (asked: Asked, operand: unknown) => boolean> = {
  $eq: ({ kind, all }, value) => all.some((v) => equal(kind, v, stored(kind, value))),
  $ne: (asked, value) => !MONGO["$eq"]!(asked, value),
  $gt: (asked, value) => compares(asked, value, (o) => o > 0),
  $gte: (asked, value) => compares(asked, value, (o) => o >= 0),
  $lt: (asked, value) => compares(asked, value, (o) => o < 0),
  $lte: (asked, value) => compares(asked, value, (o) => o <= 0),
  $in: (asked, value) => (value as unknown[]).some((item) => MONGO["$eq"]!(asked, item)),
  $nin: (asked, value) => !MONGO["$in"]!(asked, value),
  $exists: ({ whole }, value) => whole.some((v) => v !== undefined) === value,
  $all: (asked, value) =>
    (value as unknown[]).length > 0 &&
    (value as unknown[]).every((item) => MONGO["$eq"]!(asked, item)),
  $size: ({ whole }, value) => whole.some((v) => Array.isArray(v) && v.length === value),
  $not: (asked, value) => !mongoHolds(asked, value as Json),
};

function mongoHolds(asked: Asked, operators: Json): boolean {
  return Object.entries(operators).every(([name, operand]) => MONGO[name]!(asked, operand));
}

function elementHolds(path: string, { whole }: Asked, conditions: Json): boolean {
  const isTests = !isNested(conditions);
  const elements = whole.filter(Array.isArray).flat() as unknown[];
  return elements.some((element) =>
    isTests
      ? mongoHolds({ kind: kindOf(path), all: [element], whole: [element] }, conditions)
      : isObject(element) && holds({ root: element, prefix: `${path}.` }, conditions),
  );
}

/** Where a condition is asked: of a call, or of an element of the list at the prefix. */
interface Place {
  root: Document;
  prefix: string;
}

function conditionHolds({ root, prefix }: Place, path: string, given: unknown): boolean {
  const kind = kindOf(prefix + path);
  const whole = valuesAt(root, path.split("."));
  const asked: Asked = { kind, whole, all: withElements(whole) };
  if (Array.isArray(given)) return OPERATORS["Includes"]!(asked, { value: given });
  if (!isObject(given)) return MONGO["$eq"]!(asked, given);
  const name = given["_type"];
  if (typeof name === "string") {
    if (["ObjectID", "DateTime", "Phone"].includes(name))
      return MONGO["$eq"]!(asked, given["value"]);
    return OPERATORS[name]!(asked, given);
  }
  return Object.entries(given).every(([operator, operand]) =>
    operator === "$elemMatch"
      ? elementHolds(path, asked, operand as Json)
      : MONGO[operator]!(asked, operand),
  );
}

function isNested(given: unknown): given is Json {
  return (
    isObject(given) &&
    !("_type" in given) &&
    !Object.keys(given).some((key) => key.startsWith("$") && !["$and", "$or", "$nor"].includes(key))
  );
}

// A relation without columns is asked by its id.
function storedPath(path: string): string {
  if (RELATION.test(path) && !path.includes(".")) return `${path}Id`;
  return path.replace(/^(\w+)\._id$/, (whole, name: string) =>
    RELATION.test(whole) ? `${name}Id` : whole,
  );
}

function holds(place: Place, query: Json): boolean {
  return Object.entries(query).every(([key, given]) => {
    if (key === "$and" || key === "$or" || key === "$nor") {
      const results = (given as Json[]).map((inner) => holds(place, inner));
      if (key === "$and") return results.every(Boolean);
      return key === "$or" ? results.some(Boolean) : !results.some(Boolean);
    }
    if (isObject(given) && given["_type"] === "MultiSearch")
      return (given["fields"] as string[]).some((field) =>
        conditionHolds(place, storedPath(field), { _type: "Search", value: given["value"] }),
      );
    if (isNested(given)) return holds(place, flattened(key, given));
    return conditionHolds(place, storedPath(key), given);
  });
}

// Conditions on names inside a property, as conditions on dotted paths.
function flattened(key: string, query: Json): Json {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      if (name.startsWith("$"))
        return [name, (value as Json[]).map((inner) => flattened(key, inner))];
      const isMultiSearch = isObject(value) && value["_type"] === "MultiSearch";
      return [isMultiSearch ? name : `${key}.${name}`, value];
    }),
  );
}

/** True when the query finds the call. */
export function finds(query: unknown, call: Document): boolean {
  return query === null || query === undefined || holds({ root: call, prefix: "" }, query as Json);
}

// MongoDB's order of types, as far as they occur: an empty list, nothing, numbers, text, dates.
function rank(value: unknown): number {
  if (isNothing(value)) return 1;
  if (typeof value === "number") return 2;
  return typeof value === "string" ? 3 : 4;
}

function compare(a: unknown, b: unknown): number {
  return rank(a) - rank(b) || (order(a, b) ?? 0);
}

function compareLists(a: unknown, b: unknown, direction: number): number {
  const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
  const end = (value: unknown): unknown =>
    Array.isArray(value)
      ? (value as unknown[]).toSorted((x, y) => compare(x, y) * direction)[0]
      : value;
  if (isEmpty(a) || isEmpty(b)) return (Number(isEmpty(b)) - Number(isEmpty(a))) * direction;
  return compare(end(a), end(b)) * direction;
}

/** The calls in the order that the sort asks for. */
export function sorted(calls: readonly Document[], sort: unknown): Document[] {
  const given = Object.entries((sort ?? {}) as Json);
  const keys = given.length === 0 ? [["createdAt", -1] as const] : given;
  const steps = keys.map(([name, direction]): [string, number] => [
    name === "attempts" ? "attemptCount" : storedPath(name),
    String(direction).toLowerCase() === "asc" || direction === 1 ? 1 : -1,
  ]);
  const all = [...steps, ["_id", steps.at(-1)?.[1] ?? -1] as [string, number]];
  return calls.toSorted((a, b) =>
    all.reduce(
      (result, [path, direction]) =>
        result === 0 ? compareLists(a[path], b[path], direction) : result,
      0,
    ),
  );
}
