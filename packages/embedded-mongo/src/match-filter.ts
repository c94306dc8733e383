import type { ElementFilter, Filter, LeafFilter } from "./filter.ts";
import { fieldOf, visitPath } from "./path-visit.ts";

/** Whether a document (or, inside `$elemMatch`, an array) matches a filter. */
export function matchFilter(filter: Filter, root: unknown): boolean {
  switch (filter.kind) {
    case "leaf":
      return matchLeaf(filter, root);
    case "element":
      return matchElement(filter, root);
    case "and":
      return filter.children.every((child) => matchFilter(child, root));
    case "or":
      return filter.children.some((child) => matchFilter(child, root));
    case "nor":
      return !filter.children.some((child) => matchFilter(child, root));
    case "not":
      return !matchFilter(filter.child, root);
  }
}

function matchLeaf({ parts, expandLeaf, test }: LeafFilter, root: unknown): boolean {
  if (parts.length === 1) {
    const value = fieldOf(root, parts[0] as string);
    if (!expandLeaf || !Array.isArray(value)) return test(value);
  }
  return visitPath(root, { parts, expandLeaf, test });
}

function matchElement({ parts, accepts }: ElementFilter, root: unknown): boolean {
  const test = (value: unknown): boolean => Array.isArray(value) && value.some(accepts);
  return visitPath(root, { parts, expandLeaf: false, test });
}

/** Returns the fields of a document that a filter looks at. */
export function fieldsOf(filter: Filter): ReadonlySet<string> {
  const names = new Set<string>();
  collectFields(filter, names);
  return names;
}

function collectFields(filter: Filter, names: Set<string>): void {
  switch (filter.kind) {
    case "leaf":
    case "element":
      names.add(filter.parts[0] ?? "");
      return;
    case "not":
      collectFields(filter.child, names);
      return;
    case "and":
    case "or":
    case "nor":
      for (const child of filter.children) collectFields(child, names);
  }
}
