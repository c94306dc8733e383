import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";

/** Returns a copy of a value with a field set, in each element where an array stands on the way. */
export function setPath(container: unknown, parts: readonly string[], value: unknown): unknown {
  const [name, ...rest] = parts;
  if (name === undefined) return value;
  if (Array.isArray(container))
    return container.map((element: unknown) => setPath(element, parts, value));
  const result: Document = { ...asDocument(container) };
  const next = setPath(result[name], rest, value);
  if (next === undefined) delete result[name];
  else result[name] = next;
  return result;
}
