import type { Document } from "bson";

import type { Expression } from "./aggregation/expression-type.ts";
import { evaluate, parseExpression } from "./aggregation/expression.ts";
import { toNumber, toSafeInteger } from "./bson-number.ts";
import { asDocument, isNumeric } from "./bson-type.ts";
import { CommandError } from "./errors.ts";
import type { Filter } from "./filter.ts";
import { matchFilter } from "./match-filter.ts";
import { parseFilter } from "./parse-filter.ts";

/** What a projection does at one path. */
type Leaf =
  | { readonly kind: "include" | "exclude" | "positional" }
  | { readonly kind: "slice"; readonly skip?: number; readonly limit: number }
  | { readonly kind: "elemMatch"; readonly filter: Filter }
  | { readonly kind: "compute"; readonly expression: Expression };

type Tree = Map<string, Tree | Leaf>;

/** A parsed projection. */
export interface Projection {
  readonly mode: "include" | "exclude";
  readonly tree: Tree;
  /** Whether it must know which array element the query matched. */
  readonly needsPosition: boolean;
}

/** Whether the operators of `find` are known, or expressions only as in a pipeline. */
export type ProjectionDialect = "find" | "expressions only";

/** Parses a projection; `undefined` if it asks for whole documents. */
export function parseProjection(
  source: Document,
  dialect: ProjectionDialect = "find",
): Projection | undefined {
  const entries = Object.entries(source).flatMap(([path, value]) =>
    parseEntries(path, value, dialect),
  );
  if (entries.length === 0) return undefined;
  const others = entries.filter(({ path }) => path !== "_id");
  const includes = others.find(({ leaf }) => leaf.kind !== "exclude" && leaf.kind !== "slice");
  const excludes = others.find(({ leaf }) => leaf.kind === "exclude");
  if (includes !== undefined && excludes !== undefined)
    throw mixed(entries, excludes.path, includes.path);
  const id = entries.find(({ path }) => path === "_id");
  const onlyId = others.length === 0 && id?.leaf.kind !== "exclude";
  const mode = includes !== undefined || (onlyId && excludes === undefined) ? "include" : "exclude";
  const tree: Tree = new Map();
  for (const { path, leaf } of entries) {
    // In a projection that excludes, `_id: 1` says nothing.
    if (mode === "exclude" && leaf.kind === "include") continue;
    addLeaf(tree, path, leaf);
  }
  if (mode === "include" && id === undefined) tree.set("_id", { kind: "include" });
  return { mode, tree, needsPosition: entries.some(({ leaf }) => leaf.kind === "positional") };
}

interface Entry {
  readonly path: string;
  readonly leaf: Leaf;
}

function mixed(entries: readonly Entry[], excluded: string, included: string): CommandError {
  const firstOther = entries.find(({ path }) => path !== "_id");
  return firstOther?.leaf.kind === "exclude"
    ? new CommandError(31253, `Cannot do inclusion on field ${included} in exclusion projection`)
    : new CommandError(31254, `Cannot do exclusion on field ${excluded} in inclusion projection`);
}

// A document without an operator names fields of a field.
function parseEntries(path: string, value: unknown, dialect: ProjectionDialect): Entry[] {
  const nested = asDocument(value);
  const names = Object.keys(nested ?? {});
  if (nested === undefined || names[0]?.startsWith("$") === true)
    return [parseEntry(path, value, dialect)];
  if (names.length === 0)
    throw new CommandError(
      51270,
      "An empty sub-projection is not a valid value. Found empty object at path",
    );
  return names.flatMap((name) => parseEntries(`${path}.${name}`, nested[name], dialect));
}

function parseEntry(path: string, value: unknown, dialect: ProjectionDialect): Entry {
  if (dialect === "find" && path.endsWith(".$"))
    return { path: path.slice(0, -2), leaf: { kind: "positional" } };
  if (path === "" || path.split(".").includes(""))
    throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  if (path.split(".").some((part) => part.startsWith("$")))
    throw new CommandError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  if (typeof value === "boolean") return { path, leaf: { kind: value ? "include" : "exclude" } };
  if (isNumeric(value))
    return { path, leaf: { kind: toNumber(value) === 0 ? "exclude" : "include" } };
  const operators = dialect === "find" ? asDocument(value) : undefined;
  if (operators !== undefined && "$slice" in operators && !isExpressionSlice(operators["$slice"])) {
    return { path, leaf: parseSlice(operators["$slice"]) };
  }
  if (operators !== undefined && "$elemMatch" in operators)
    return { path, leaf: parseElemMatch(path, operators) };
  if (operators !== undefined && "$meta" in operators)
    throw new CommandError("NotImplemented", "$meta is not supported by this server");
  return { path, leaf: { kind: "compute", expression: parseExpression(value) } };
}

// `{ $slice: ["$field", n] }` is the expression of that name.
function isExpressionSlice(operand: unknown): boolean {
  return Array.isArray(operand) && !isNumeric(operand[0]);
}

function parseSlice(operand: unknown): Leaf {
  const [first, second] = Array.isArray(operand) ? (operand as unknown[]) : [operand];
  const start = toSafeInteger(first);
  const limit = toSafeInteger(second);
  if (
    start === undefined ||
    (Array.isArray(operand) && (limit === undefined || operand.length !== 2))
  ) {
    throw new CommandError(
      28667,
      "Invalid $slice syntax: expected a number or an array of two numbers",
    );
  }
  if (limit === undefined) return { kind: "slice", limit: start };
  if (limit <= 0)
    throw new CommandError(
      28724,
      "First argument to $slice must be an array, or its limit must be positive",
    );
  return { kind: "slice", skip: start, limit };
}

function parseElemMatch(path: string, operators: Document): Leaf {
  if (path.includes("."))
    throw new CommandError(31275, "Cannot use $elemMatch projection on a nested field");
  if (asDocument(operators["$elemMatch"]) === undefined)
    throw new CommandError(31274, "elemMatch: Invalid argument, object required");
  return {
    kind: "elemMatch",
    filter: parseFilter({ element: { $elemMatch: operators["$elemMatch"] as Document } }),
  };
}

function isLeaf(node: Tree | Leaf): node is Leaf {
  return !(node instanceof Map);
}

function addLeaf(tree: Tree, path: string, leaf: Leaf): void {
  const parts = path.split(".");
  let node = tree;
  for (const part of parts.slice(0, -1)) {
    const child = node.get(part) ?? new Map<string, Tree | Leaf>();
    if (isLeaf(child)) throw new CommandError(31249, `Path collision at ${path}`);
    node.set(part, child);
    node = child;
  }
  const last = parts.at(-1) as string;
  if (node.has(last)) throw new CommandError(31250, `Path collision at ${path}`);
  node.set(last, leaf);
}

/** Applies a projection to a document; `position` is the array element that the query matched. */
export function project(projection: Projection, document: Document, position?: number): Document {
  const result = projectDocument(document, projection.tree, {
    ...projection,
    root: document,
    position,
  });
  return addComputed(result, projection.tree, document);
}

interface Context {
  readonly mode: "include" | "exclude";
  readonly root: Document;
  readonly position: number | undefined;
}

function projectDocument(document: Document, tree: Tree, context: Context): Document {
  const fields: [string, unknown][] = [];
  const late: [string, unknown][] = [];
  for (const [name, value] of Object.entries(document)) {
    const node = tree.get(name);
    const projected = projectField(value, node, context);
    if (projected === undefined) continue;
    const isLate = node !== undefined && isLeaf(node) && node.kind === "elemMatch";
    (isLate ? late : fields).push([name, projected]);
  }
  return Object.fromEntries([...fields, ...late]);
}

function projectField(value: unknown, node: Tree | Leaf | undefined, context: Context): unknown {
  if (node === undefined) return context.mode === "include" ? undefined : value;
  if (!isLeaf(node)) return projectNested(value, node, context);
  switch (node.kind) {
    case "include":
      return value === undefined ? null : value;
    case "exclude":
    case "compute":
      return undefined;
    case "slice":
      return sliced(value, node);
    case "elemMatch":
      return firstMatch(value, node.filter);
    case "positional":
      return positioned(value, context.position);
  }
}

function projectNested(value: unknown, tree: Tree, context: Context): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => projectNested(element, tree, context))
      .filter((element) => element !== undefined);
  }
  const document = asDocument(value);
  if (document !== undefined) return projectDocument(document, tree, context);
  return context.mode === "include" ? undefined : value;
}

function sliced(value: unknown, { skip, limit }: { skip?: number; limit: number }): unknown {
  if (!Array.isArray(value)) return value;
  if (skip === undefined) return limit < 0 ? value.slice(limit) : value.slice(0, limit);
  const start = skip < 0 ? Math.max(0, value.length + skip) : skip;
  return value.slice(start, start + limit);
}

function firstMatch(value: unknown, filter: Filter): unknown {
  if (!Array.isArray(value)) return undefined;
  const found = value.find((element: unknown) =>
    matchFilter(filter, { element: [element] }),
  ) as unknown;
  return found === undefined ? undefined : [found];
}

function positioned(value: unknown, position: number | undefined): unknown {
  if (!Array.isArray(value)) return value;
  if (position === undefined)
    throw new CommandError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  return value.slice(position, position + 1);
}

function addComputed(result: Document, tree: Tree, root: Document): Document {
  for (const [name, node] of tree) {
    if (!isLeaf(node)) {
      if (!hasComputed(node)) continue;
      const nested = result[name] as unknown;
      result[name] = Array.isArray(nested)
        ? nested.map((element: unknown) => addComputed(asDocument(element) ?? {}, node, root))
        : addComputed(asDocument(nested) ?? {}, node, root);
    } else if (node.kind === "compute") {
      const value = evaluate(node.expression, root);
      if (value !== undefined) result[name] = value;
    }
  }
  return result;
}

function hasComputed(tree: Tree): boolean {
  return [...tree.values()].some((node) =>
    isLeaf(node) ? node.kind === "compute" : hasComputed(node),
  );
}
