import type { Document } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { fieldOf } from "../path-visit.ts";
import type { UpdateStep } from "./parse-update.ts";
import { type Modifier, shown } from "./update-modifier.ts";
import { ALL_ELEMENTS } from "./update-path.ts";

const MAX_PADDING = 1_500_000;

/** Applies the steps of an update to a document in place. */
export function applySteps(
  document: Document,
  steps: readonly UpdateStep[],
  isInsert: boolean,
): void {
  for (const step of steps) {
    if (step.modifier.onInsertOnly !== true || isInsert) descend(document, 0, step);
  }
}

type Container = Document | unknown[];

function descend(container: Container, depth: number, step: UpdateStep): void {
  const name = step.parts[depth] as string;
  if (name === ALL_ELEMENTS) {
    descendAll(container, depth, step);
    return;
  }
  if (Array.isArray(container) && !/^(?:0|[1-9]\d*)$/.test(name)) {
    if (step.modifier.creates) throw notViable(name, container, step);
    return;
  }
  if (depth === step.parts.length - 1) {
    modify(container, name, step.modifier);
    return;
  }
  const child = childFor(container, depth, step);
  if (child !== undefined) descend(child, depth + 1, step);
}

function childFor(container: Container, depth: number, step: UpdateStep): Container | undefined {
  const [name, next] = step.parts.slice(depth, depth + 2) as [string, string];
  const child = fieldOf(container, name);
  if (Array.isArray(child)) return child;
  if (asDocument(child) !== undefined) return child as Document;
  if (next === ALL_ELEMENTS) throw notArray(name, child, step);
  if (!step.modifier.creates) return undefined;
  if (child !== undefined) throw notViable(next, { [name]: child }, step);
  const created: Document = {};
  // The new branch is filled first, so that a refusal further down leaves nothing behind.
  descend(created, depth + 1, step);
  store(container, name, created);
  return undefined;
}

function descendAll(container: Container, depth: number, step: UpdateStep): void {
  if (!Array.isArray(container)) throw notArray(step.parts[depth - 1] ?? "", container, step);
  for (const index of container.keys())
    descend(container, depth, { ...step, parts: step.parts.with(depth, String(index)) });
}

function modify(container: Container, name: string, modifier: Modifier): void {
  const current = fieldOf(container, name);
  if (current === undefined && !modifier.creates) return;
  const next = modifier.apply(current);
  if (next !== undefined) store(container, name, next);
  // An array element becomes null, so that the others keep their places.
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

function notViable(name: string, element: Container, { path }: UpdateStep): CommandError {
  return new CommandError(
    "PathNotViable",
    `Cannot create field '${name}' in element ${shown(element)} of path '${path}'`,
  );
}

function notArray(name: string, value: unknown, { path }: UpdateStep): CommandError {
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
