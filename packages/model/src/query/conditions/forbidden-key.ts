import { isAllowedDollarName } from "./mongo-operators.ts";
import { isPlainObject } from "./plain-object.ts";
import { type InputPath, quoted, refuse } from "./query-issue.ts";

/** Deepest nesting of JSON that is looked at; far beyond what a query may have. */
const MAX_JSON_DEPTH = 40;

/** Names that reach into objects' prototypes. */
export const FORBIDDEN_NAMES: readonly string[] = ["__proto__", "constructor", "prototype"];

/** Refuses, at any depth: names that reach into objects' prototypes, NUL, and every `$…` that is not allowed. */
export function refuseForbiddenKeys(input: unknown, path: InputPath = []): void {
  if (path.length > MAX_JSON_DEPTH) refuse(path.slice(0, 8), "is nested too deep");
  if (Array.isArray(input))
    input.forEach((item: unknown, index) => refuseForbiddenKeys(item, [...path, index]));
  if (!isPlainObject(input)) return;
  for (const [key, value] of Object.entries(input)) {
    refuseForbiddenPath(key, path);
    refuseForbiddenKeys(value, [...path, key]);
  }
}

/** Refuses a name or dotted path with a forbidden part. */
export function refuseForbiddenPath(dottedPath: string, path: InputPath): void {
  if (dottedPath.includes("\0")) refuse(path, "must not have a key with a NUL character");
  for (const name of dottedPath.split(".")) {
    if (FORBIDDEN_NAMES.includes(name)) refuse(path, `must not have the key ${quoted(name)}`);
    if (name.startsWith("$") && (!isAllowedDollarName(name) || name !== dottedPath))
      refuse(path, `must not use ${quoted(name)}`);
  }
}
