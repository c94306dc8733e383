import type { Document } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import type { Filter } from "../filter.ts";
import { matchFilter } from "../match-filter.ts";
import { fieldOf } from "../path-visit.ts";
import type { PathRename, Update } from "./parse-update.ts";
import { type Modifier, shown } from "./update-modifier.ts";

const MAX_PADDING = 1_500_000;

/** What the steps of an update depend on beside the document. */
export interface StepContext {
  /** Index of the array element that the query matched. */
  readonly position: number | undefined;
  readonly isInsert: boolean;
}

interface Walk extends StepContext {
  readonly path: string;
  readonly parts: readonly string[];
  readonly modifier: Modifier;
  readonly arrayFilters: ReadonlyMap<string, Filter>;
}

/** Applies the steps of an update to a document, which is changed. */
export function applySteps(
  document: Document,
  update: Extract<Update, { kind: "steps" }>,
  context: StepContext,
): void {
  for (const step of update.steps) {
    if (step.kind === "rename") applyRename(document, step, context);
    else applyModifier(document, { ...step, ...context, arrayFilters: update.arrayFilters });
  }
}

function applyModifier(document: Document, walk: Walk): void {
  if (walk.modifier.onInsertOnly === true && !walk.isInsert) return;
  descend(document, 0, walk);
}

function applyRename(
  document: Document,
  { path, parts, from }: PathRename,
  context: StepContext,
): void {
  const value = renamedValue(document, from);
  if (value === undefined) return;
  const none = { ...context, arrayFilters: new Map<string, Filter>() };
  const remove: Modifier = { apply: () => undefined, creates: false };
  const set: Modifier = { apply: () => value, creates: true };
  assertNoArray(document, parts);
  descend(document, 0, { ...none, path: from.join("."), parts: from, modifier: remove });
  descend(document, 0, { ...none, path, parts, modifier: set });
}

function renamedValue(document: Document, from: readonly string[]): unknown {
  assertNoArray(document, from);
  return from.reduce<unknown>((container, part) => fieldOf(container, part), document);
}

function assertNoArray(document: Document, parts: readonly string[]): void {
  let container: unknown = document;
  for (const part of parts.slice(0, -1)) {
    container = fieldOf(container, part);
    if (Array.isArray(container)) {
      throw new CommandError(
        "BadValue",
        `The source and destination field of $rename cannot be an array element, '${parts.join(".")}' meets an array`,
      );
    }
  }
}

type Container = Document | unknown[];

function descend(container: Container, depth: number, walk: Walk): void {
  const part = walk.parts[depth] as string;
  if (/^\$\[.*\]$/.test(part)) {
    descendAll(container, depth, walk);
    return;
  }
  const name = part === "$" ? positionOf(walk) : part;
  if (Array.isArray(container) && !/^(?:0|[1-9]\d*)$/.test(name)) {
    if (walk.modifier.creates) throw notViable(name, container, walk);
    return;
  }
  if (depth === walk.parts.length - 1) {
    modify(container, name, walk);
    return;
  }
  const child = childFor(container, name, { depth, walk });
  if (child !== undefined) descend(child, depth + 1, walk);
}

function positionOf({ position }: Walk): string {
  if (position !== undefined) return String(position);
  throw new CommandError(
    "BadValue",
    "The positional operator did not find the match needed from the query.",
  );
}

function childFor(
  container: Container,
  name: string,
  { depth, walk }: { depth: number; walk: Walk },
): Container | undefined {
  const child = fieldOf(container, name);
  if (Array.isArray(child)) return child;
  if (asDocument(child) !== undefined) return child as Document;
  if (/^\$\[.*\]$/.test(walk.parts[depth + 1] as string)) throw notArray(name, child, walk);
  if (!walk.modifier.creates) return undefined;
  if (child !== undefined)
    throw notViable(walk.parts[depth + 1] as string, { [name]: child }, walk);
  const created: Document = {};
  // The new branch is filled first: a refusal further down must leave nothing behind.
  descend(created, depth + 1, walk);
  store(container, name, created);
  return undefined;
}

function descendAll(container: Container, depth: number, walk: Walk): void {
  if (!Array.isArray(container)) throw notArray(walk.parts[depth - 1] ?? "", container, walk);
  const identifier = (walk.parts[depth] as string).slice(2, -1);
  const filter = walk.arrayFilters.get(identifier);
  for (const [index, element] of container.entries()) {
    if (filter !== undefined && !matchFilter(filter, { [identifier]: element as unknown }))
      continue;
    const parts = walk.parts.with(depth, String(index));
    descend(container, depth, { ...walk, parts });
  }
}

function modify(container: Container, name: string, { modifier }: Walk): void {
  const current = fieldOf(container, name);
  if (current === undefined && !modifier.creates) return;
  const next = modifier.apply(current);
  if (next !== undefined) store(container, name, next);
  // An element of an array is not taken out, so that the others keep their places.
  else if (Array.isArray(container)) container[Number(name)] = null;
  else delete container[name];
}

function store(container: Container, name: string, value: unknown): void {
  if (!Array.isArray(container)) {
    Object.defineProperty(container, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    return;
  }
  const index = Number(name);
  if (index - container.length > MAX_PADDING)
    throw new CommandError(
      "CannotBackfillArray",
      `can't backfill more than ${MAX_PADDING} elements`,
    );
  while (container.length < index) container.push(null);
  container[index] = value;
}

function notViable(name: string, element: Container, { path }: Walk): CommandError {
  return new CommandError(
    "PathNotViable",
    `Cannot create field '${name}' in element ${shown(element)} of path '${path}'`,
  );
}

function notArray(name: string, value: unknown, { path }: Walk): CommandError {
  if (value === undefined) {
    return new CommandError(
      "BadValue",
      `The path '${name}' must exist in the document in order to apply array updates: '${path}'`,
    );
  }
  return new CommandError(
    "BadValue",
    `Cannot apply array updates to non-array element ${name} of type ${typeOf(value)}`,
  );
}
