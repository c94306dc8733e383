import { PROPERTIES, type PropertyName } from "../../call/call-log.ts";
import { storedPath } from "../conditions/field.ts";
import { isPlainObject } from "../conditions/plain-object.ts";
import { quoted, refuse } from "../conditions/query-issue.ts";

/** Most properties that a sort order may name. */
export const MAX_SORT_KEYS = 3;

/** Ascending or descending. */
export type Direction = 1 | -1;

/** One step of a sort order: a stored path and its direction. */
export interface SortKey {
  path: string;
  direction: Direction;
}

/** A sort order as a caller writes it: `{"createdAt": "DESC"}`. */
export type SortInput = { [P in Exclude<PropertyName, "callData">]?: Direction | "ASC" | "DESC" };

const DIRECTIONS = new Map<unknown, Direction>([
  [1, 1],
  [-1, -1],
  ["ASC", 1],
  ["DESC", -1],
]);

/** Turns a sort order, as JSON, into stored paths, with `_id` as the last one. Throws a QueryIssue. */
export function parseSort(input: unknown): SortKey[] {
  const given = input ?? {};
  if (!isPlainObject(given)) refuse([], 'must be an object such as {"createdAt": -1}');
  const entries = Object.entries(given);
  if (entries.length > MAX_SORT_KEYS) refuse([], `must have at most ${MAX_SORT_KEYS} properties`);
  const keys = entries.map(([name, direction]) => parseSortKey(name, direction));
  return completed(keys.length === 0 ? [{ path: "createdAt", direction: -1 }] : keys);
}

function parseSortKey(name: string, input: unknown): SortKey {
  if (!Object.hasOwn(PROPERTIES, name) || name === "callData")
    refuse([name], `can't be sorted by ${quoted(name)}; any property but callData is allowed`);
  const direction = DIRECTIONS.get(isName(input) ? input.toUpperCase() : input);
  if (direction === undefined) refuse([name], 'must be 1, -1, "ASC" or "DESC"');
  return { path: sortPath(name as PropertyName), direction };
}

// By letters of ASCII alone: the upper case of others may be one of them.
function isName(input: unknown): input is string {
  return typeof input === "string" && /^(?:asc|desc)$/i.test(input);
}

// Attempts have no order of their own: they sort by how many there are.
function sortPath(name: PropertyName): string {
  return name === "attempts" ? "attemptCount" : storedPath(name);
}

// A relation and its id are the same path; the first one decides. After `_id` nothing is left to decide.
function completed(keys: readonly SortKey[]): SortKey[] {
  const last = keys.at(-1)?.direction ?? -1;
  const all: SortKey[] = [...keys, { path: "_id", direction: last }];
  const firsts = all.filter(
    ({ path }, index) => all.findIndex((key) => key.path === path) === index,
  );
  return firsts.slice(0, firsts.findIndex(({ path }) => path === "_id") + 1);
}
