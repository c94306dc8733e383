import { visitPath } from "./path-visit.ts";

/** Returns the values at a path as `distinct` sees them: an array's elements, not the array. */
export function valuesAt(document: unknown, parts: readonly string[]): unknown[] {
  const values: unknown[] = [];
  visitPath(document, {
    parts,
    expandLeaf: false,
    test: (value) => {
      if (Array.isArray(value)) values.push(...(value as unknown[]));
      else if (value !== undefined) values.push(value);
      return false;
    },
  });
  return values;
}
