/** A test on the values at a path. */
export interface LeafFilter {
  readonly kind: "leaf";
  readonly path: string;
  readonly parts: readonly string[];
  /** The operator as MongoDB spells it, for the planner. */
  readonly operator: string;
  readonly operand: unknown;
  readonly expandLeaf: boolean;
  readonly test: (value: unknown) => boolean;
}

/** `$elemMatch`: one element of an array at a path passes the whole test. */
export interface ElementFilter {
  readonly kind: "element";
  readonly path: string;
  readonly parts: readonly string[];
  readonly accepts: (element: unknown) => boolean;
  /** The query for elements that are documents, for the planner. */
  readonly query?: Filter;
}

/** A parsed query; parsing refuses what the matcher cannot evaluate. */
export type Filter =
  | LeafFilter
  | ElementFilter
  | { readonly kind: "and" | "or" | "nor"; readonly children: readonly Filter[] }
  | { readonly kind: "not"; readonly child: Filter };
