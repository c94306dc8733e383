/** A single value that a property can be compared with. */
export type Scalar = string | number | boolean | Date;

/** A value to compare with, or null for "has no value". */
export type Operand = Scalar | null;

/** Limits of a range; each is optional. Only values of the limit's own type are inside. */
export interface Bounds {
  above?: Scalar;
  from?: Scalar;
  below?: Scalar;
  upTo?: Scalar;
}

/** Where a searched text has to stand. */
export type TextPosition = "anywhere" | "start" | "end";

/** A test on the value at one path. On a list it holds when it holds for one element or for the whole list. */
export type Test =
  | { kind: "is"; value: Operand }
  | { kind: "isNot"; value: Operand }
  | { kind: "in"; values: readonly Operand[] }
  | { kind: "notIn"; values: readonly Operand[] }
  | { kind: "range"; bounds: Bounds }
  | { kind: "match"; position: TextPosition; text: string }
  | { kind: "all"; values: readonly Operand[] }
  | { kind: "size"; size: number }
  | { kind: "exists"; exists: boolean }
  | { kind: "isList" }
  | { kind: "not"; tests: readonly Test[] }
  | { kind: "element"; tests: readonly Test[] }
  | { kind: "elementWhere"; filter: Filter };

/** A query that was checked and typed. `and` of nothing is everything, `or` of nothing is nothing. */
export type Filter =
  | { kind: "and" | "or" | "nor"; filters: readonly Filter[] }
  | { kind: "leaf"; path: string; test: Test };

/** All of the filters hold. */
export function allOf(...filters: Filter[]): Filter {
  return filters.length === 1 ? filters[0]! : { kind: "and", filters };
}

/** One of the filters holds. */
export function anyOf(...filters: Filter[]): Filter {
  return { kind: "or", filters };
}

/** The filter that finds everything. */
export const EVERYTHING: Filter = { kind: "and", filters: [] };

/** Names of the properties that a filter asks for, each once; nothing of what it asks about them. */
export function propertiesOf(filter: Filter): string[] {
  const paths = filter.kind === "leaf" ? [filter.path] : filter.filters.flatMap(propertiesOf);
  return [...new Set(paths.map((path) => path.split(".")[0] ?? path))];
}
