import type { Filter, LeafFilter } from "./filter.ts";

/** The tests that a query joins by "and"; only leaves can bound an index. */
export interface AndTerms {
  readonly leaves: readonly LeafFilter[];
  /** Leaves inside `$elemMatch`, with their whole paths: true of one element, so each bounds alone. */
  readonly elementLeaves: readonly LeafFilter[];
  readonly others: readonly Filter[];
}

/** The terms of a filter, nested "and"s flattened. */
export function andTermsOf(filter: Filter): AndTerms {
  const flat = flatten(filter);
  const leaves = flat.filter((child) => child.kind === "leaf");
  const others = flat.filter((child) => child.kind !== "leaf");
  const elementLeaves = others.flatMap((child) =>
    child.kind === "element" && child.query !== undefined
      ? flatten(child.query)
          .filter((inner) => inner.kind === "leaf")
          .map((inner) => ({ ...inner, path: `${child.path}.${inner.path}` }))
      : [],
  );
  return { leaves, elementLeaves, others };
}

function flatten(filter: Filter): readonly Filter[] {
  return filter.kind === "and" ? filter.children.flatMap(flatten) : [filter];
}
