import type { Document } from "bson";

import { decode, encode } from "./bson-bytes.ts";
import { toNumber } from "./bson-number.ts";
import { asDocument, isNumeric } from "./bson-type.ts";
import { CommandError, unsupported } from "./errors.ts";
import { noteUse } from "./feature-use.ts";
import { pickFields, replaceFields } from "./pick-fields.ts";

/** What a projection does with the fields that it names. */
type Mode = "include" | "exclude";

/** Names of fields; a leaf is included or excluded. */
type Tree = Map<string, Tree | Mode>;

/** A parsed projection. */
export interface Projection {
  readonly mode: Mode;
  readonly tree: Tree;
  /** The fields that are included, or excluded, if all of them are so as a whole. */
  readonly names: ReadonlySet<string> | undefined;
}

/** What a projection may do with a field. */
export const PROJECTIONS: readonly Mode[] = ["include", "exclude"];

/** Parses a projection that includes or excludes fields; `undefined` if it asks for whole documents. */
export function parseProjection(source: Document): Projection | undefined {
  const entries = Object.entries(source).flatMap(([path, value]) => parseEntries(path, value));
  if (entries.length === 0) return undefined;
  const others = entries.filter(({ path }) => path !== "_id");
  const [first = entries[0] as Entry] = others;
  const odd = others.find(({ mode }) => mode !== first.mode);
  if (odd !== undefined) throw mixed(odd);
  const tree: Tree = new Map();
  for (const { path, mode } of entries) {
    noteUse("projection", mode);
    // In a projection that excludes, `_id: 1` says nothing.
    if (first.mode === "exclude" && mode === "include") continue;
    addLeaf(tree, path, mode);
  }
  const namesId = entries.some(({ path }) => path === "_id");
  if (first.mode === "include" && !namesId) tree.set("_id", "include");
  return { mode: first.mode, tree, names: wholeFields(first.mode, tree) };
}

function wholeFields(mode: Mode, tree: Tree): ReadonlySet<string> | undefined {
  if ([...tree.values()].some((node) => !isLeaf(node))) return undefined;
  return new Set([...tree.keys()].filter((name) => tree.get(name) === mode));
}

interface Entry {
  readonly path: string;
  readonly mode: Mode;
}

function mixed({ path, mode }: Entry): CommandError {
  return mode === "include"
    ? new CommandError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
    : new CommandError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
}

// A document without an operator names fields of a field.
function parseEntries(path: string, value: unknown): Entry[] {
  const nested = asDocument(value);
  const names = Object.keys(nested ?? {});
  if (nested === undefined || names[0]?.startsWith("$") === true) return [parseEntry(path, value)];
  if (names.length === 0)
    throw new CommandError(
      51270,
      "An empty sub-projection is not a valid value. Found empty object at path",
    );
  return names.flatMap((name) => parseEntries(`${path}.${name}`, nested[name]));
}

function parseEntry(path: string, value: unknown): Entry {
  if (path === "" || path.split(".").includes(""))
    throw new CommandError(40352, "FieldPath cannot be constructed with empty string");
  if (path.endsWith(".$")) throw unsupported("a positional projection");
  if (path.split(".").some((part) => part.startsWith("$")))
    throw new CommandError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  if (typeof value === "boolean") return { path, mode: value ? "include" : "exclude" };
  if (isNumeric(value)) return { path, mode: toNumber(value) === 0 ? "exclude" : "include" };
  throw unsupported(`a projection of '${path}' that neither includes nor excludes it`);
}

function isLeaf(node: Tree | Mode): node is Mode {
  return typeof node === "string";
}

function addLeaf(tree: Tree, path: string, mode: Mode): void {
  const parts = path.split(".");
  let node = tree;
  for (const part of parts.slice(0, -1)) {
    const child = node.get(part) ?? new Map<string, Tree | Mode>();
    if (isLeaf(child)) throw new CommandError(31249, `Path collision at ${path}`);
    node.set(part, child);
    node = child;
  }
  const last = parts.at(-1) as string;
  if (node.has(last)) throw new CommandError(31250, `Path collision at ${path}`);
  node.set(last, mode);
}

/** Applies a projection to a document. */
export function project({ mode, tree }: Projection, document: Document): Document {
  return projectDocument(document, tree, mode);
}

/** Applies a projection to an encoded document; it is decoded only if parts of its fields are asked for. */
export function projectEncoded(projection: Projection, bytes: Uint8Array): Uint8Array {
  const { mode, names } = projection;
  if (names === undefined) return encode(project(projection, decode(bytes)));
  return mode === "include" ? pickFields(bytes, names) : replaceFields(bytes, names, NO_FIELDS);
}

const NO_FIELDS = encode({});

function projectDocument(document: Document, tree: Tree, mode: Mode): Document {
  const fields: [string, unknown][] = [];
  for (const [name, value] of Object.entries(document)) {
    const projected = projectField(value, tree.get(name), mode);
    if (projected !== undefined) fields.push([name, projected]);
  }
  return Object.fromEntries(fields);
}

function projectField(value: unknown, node: Tree | Mode | undefined, mode: Mode): unknown {
  if (node === undefined) return mode === "include" ? undefined : value;
  if (!isLeaf(node)) return projectNested(value, node, mode);
  if (node === "exclude") return undefined;
  return value === undefined ? null : value;
}

function projectNested(value: unknown, tree: Tree, mode: Mode): unknown {
  if (Array.isArray(value)) {
    return value
      .map((element: unknown) => projectNested(element, tree, mode))
      .filter((element) => element !== undefined);
  }
  const document = asDocument(value);
  if (document !== undefined) return projectDocument(document, tree, mode);
  return mode === "include" ? undefined : value;
}
