import type { Document } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import type { Filter } from "../filter.ts";
import { parseFilter } from "../parse-filter.ts";
import { ARRAY_MODIFIERS } from "./array-modifier.ts";
import { type Modifier, type ParseModifier, VALUE_MODIFIERS } from "./update-modifier.ts";
import { assertUpdatePath, comparePaths, isPrefix } from "./update-path.ts";

/** A modifier at a path. */
export interface PathModifier {
  readonly kind: "modify";
  readonly path: string;
  readonly parts: readonly string[];
  readonly modifier: Modifier;
}

/** A field that gets another name. */
export interface PathRename {
  readonly kind: "rename";
  readonly path: string;
  readonly parts: readonly string[];
  readonly from: readonly string[];
}

/** A parsed update: a whole new document, or steps in the order in which MongoDB takes them. */
export type Update =
  | { readonly kind: "replace"; readonly document: Document }
  | {
      readonly kind: "steps";
      readonly steps: readonly (PathModifier | PathRename)[];
      readonly arrayFilters: ReadonlyMap<string, Filter>;
    }
  | { readonly kind: "pipeline"; readonly stages: readonly unknown[] };

/** What an update is parsed from. */
export interface UpdateSource {
  readonly update: unknown;
  readonly arrayFilters: readonly unknown[];
  readonly now: Date;
}

/** Parses an update and refuses what MongoDB, or this server, does not know. */
export function parseUpdate(source: UpdateSource): Update {
  if (Array.isArray(source.update)) {
    if (source.arrayFilters.length > 0)
      throw new CommandError("FailedToParse", "Cannot specify arrayFilters and a pipeline update");
    return { kind: "pipeline", stages: source.update };
  }
  const update = asDocument(source.update);
  if (update === undefined)
    throw new CommandError("FailedToParse", "Update argument must be either an object or an array");
  if (Object.keys(update)[0]?.startsWith("$") === true) return parseSteps(update, source);
  const dollar = Object.keys(update).find((name) => name.startsWith("$"));
  if (dollar !== undefined) {
    const message = `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`;
    throw new CommandError("DollarPrefixedFieldName", message);
  }
  if (source.arrayFilters.length > 0)
    throw new CommandError(
      "FailedToParse",
      "Cannot specify arrayFilters and a replacement document",
    );
  return { kind: "replace", document: update };
}

function parseSteps(update: Document, source: UpdateSource): Update {
  const arrayFilters = parseArrayFilters(source.arrayFilters);
  const steps = Object.entries(update).flatMap(([name, fields]) =>
    parseModifier(name, fields, source.now),
  );
  const ordered = steps.toSorted((a, b) => comparePaths(a.parts, b.parts));
  assertNoConflict(ordered);
  assertFiltersUsed(ordered, arrayFilters);
  return { kind: "steps", steps: ordered, arrayFilters };
}

const MODIFIERS: Readonly<Record<string, ParseModifier>> = {
  ...VALUE_MODIFIERS,
  ...ARRAY_MODIFIERS,
};

function parseModifier(name: string, operand: unknown, now: Date): (PathModifier | PathRename)[] {
  const parse = Object.hasOwn(MODIFIERS, name) ? MODIFIERS[name] : undefined;
  if (name === "$bit")
    throw new CommandError("NotImplemented", "$bit is not supported by this server");
  if (parse === undefined && name !== "$rename") {
    const message = `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`;
    throw new CommandError("FailedToParse", message);
  }
  const fields = asDocument(operand);
  if (fields === undefined) {
    const message = `Modifiers operate on fields but we found type ${typeOf(operand)} instead. For example: {$mod: {<field>: ...}} not {${name}: ...}`;
    throw new CommandError("FailedToParse", message);
  }
  return Object.entries(fields).map(([path, value]) => {
    const parts = path.split(".");
    assertUpdatePath(path, parts);
    if (parse === undefined) return parseRename(path, value);
    return { kind: "modify", path, parts, modifier: parse({ path, operand: value, now }) };
  });
}

function parseRename(from: string, to: unknown): PathRename {
  if (typeof to !== "string")
    throw new CommandError("BadValue", `The 'to' field for $rename must be a string: ${from}`);
  const parts = to.split(".");
  assertUpdatePath(to, parts);
  if (from === to)
    throw new CommandError(
      "BadValue",
      `The source and target field for $rename must differ: ${from}: "${to}"`,
    );
  if (isPrefix(parts, from.split(".")) || isPrefix(from.split("."), parts)) {
    throw new CommandError(
      "BadValue",
      `The source and target field for $rename must not be on the same path: ${from}: "${to}"`,
    );
  }
  if ([from, to].some((path) => path.split(".").some((part) => part.startsWith("$")))) {
    throw new CommandError(
      "BadValue",
      "The source and destination field for $rename may not be dynamic",
    );
  }
  return { kind: "rename", path: to, parts, from: from.split(".") };
}

function assertNoConflict(steps: readonly (PathModifier | PathRename)[]): void {
  const paths = steps.flatMap((step) =>
    step.kind === "rename" ? [step.parts, step.from] : [step.parts],
  );
  for (const [index, path] of paths.entries()) {
    for (const other of paths.slice(index + 1)) {
      if (!isPrefix(path, other) && !isPrefix(other, path)) continue;
      const shorter = path.length < other.length ? path : other;
      const longer = path.length < other.length ? other : path;
      const message = `Updating the path '${longer.join(".")}' would create a conflict at '${shorter.join(".")}'`;
      throw new CommandError("ConflictingUpdateOperators", message);
    }
  }
}

function parseArrayFilters(sources: readonly unknown[]): Map<string, Filter> {
  const filters = new Map<string, Filter>();
  for (const source of sources) {
    const query = asDocument(source);
    if (query === undefined)
      throw new CommandError("TypeMismatch", "Each array filter must be an object");
    const names = new Set(Object.keys(query).map((path) => path.split(".")[0] as string));
    const [name] = names;
    if (name === undefined)
      throw new CommandError(
        "FailedToParse",
        "Cannot use an expression without a top-level field name in arrayFilters",
      );
    if (name.startsWith("$"))
      throw new CommandError(
        "NotImplemented",
        `${name} at the top of an array filter is not supported by this server`,
      );
    if (names.size > 1)
      throw new CommandError(
        "FailedToParse",
        "Error parsing array filter :: caused by :: Expected a single top-level field name",
      );
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw new CommandError(
        "BadValue",
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    if (filters.has(name))
      throw new CommandError(
        "FailedToParse",
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    filters.set(name, parseFilter(query));
  }
  return filters;
}

function assertFiltersUsed(
  steps: readonly { parts: readonly string[] }[],
  filters: ReadonlyMap<string, Filter>,
): void {
  const used = new Set(steps.flatMap(({ parts }) => parts));
  for (const name of filters.keys()) {
    if (used.has(`$[${name}]`)) continue;
    throw new CommandError(
      "FailedToParse",
      `The array filter for identifier '${name}' was not used in the update`,
    );
  }
  for (const part of used) {
    const name = /^\$\[(.+)\]$/.exec(part)?.[1];
    if (name !== undefined && !filters.has(name)) {
      throw new CommandError("BadValue", `No array filter found for identifier '${name}' in path`);
    }
  }
}
