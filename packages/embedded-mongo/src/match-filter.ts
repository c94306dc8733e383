import { asDocument } from "./bson-type.ts";
import type { ElementFilter, Filter, LeafFilter, MatchDetails } from "./filter.ts";
import { type PathWalk, fieldOf, visitPath } from "./path-visit.ts";

/** Tells whether a document (or, inside `$elemMatch`, an array) matches a filter. */
export function matchFilter(filter: Filter, root: unknown, details?: MatchDetails): boolean {
  switch (filter.kind) {
    case "leaf":
      return matchLeaf(filter, root, details);
    case "element":
      return matchElement(filter, root, details);
    case "and":
      return filter.children.every((child) => matchFilter(child, root, details));
    case "or":
      return filter.children.some((child) => matchFilter(child, root, details));
    case "nor":
      return !filter.children.some((child) => matchFilter(child, root));
    case "not":
      return !matchFilter(filter.child, root);
    case "expression":
      return filter.test(asDocument(root) ?? {});
  }
}

function matchLeaf(filter: LeafFilter, root: unknown, details?: MatchDetails): boolean {
  const { parts, expandLeaf, test } = filter;
  if (parts.length === 1) {
    const value = fieldOf(root, parts[0] as string);
    if (!expandLeaf || !Array.isArray(value)) return test(value);
  }
  const walk: PathWalk = { parts, expandLeaf, test };
  if (!visitPath(root, walk)) return false;
  if (details !== undefined && walk.position !== undefined) details.position = walk.position;
  return true;
}

function matchElement(filter: ElementFilter, root: unknown, details?: MatchDetails): boolean {
  let found = -1;
  const test = (value: unknown): boolean => {
    if (!Array.isArray(value)) return false;
    found = value.findIndex(filter.accepts);
    return found >= 0;
  };
  const walk: PathWalk = { parts: filter.parts, expandLeaf: false, test };
  if (!visitPath(root, walk)) return false;
  if (details !== undefined) details.position = walk.position ?? found;
  return true;
}
