import type { Document } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { noteUse } from "../feature-use.ts";
import { ARRAY_MODIFIERS } from "./array-modifier.ts";
import { type Modifier, type ParseModifier, VALUE_MODIFIERS } from "./update-modifier.ts";
import { assertUpdatePath, comparePaths, isPrefix } from "./update-path.ts";

/** A modifier at a path. */
export interface UpdateStep {
  readonly path: string;
  readonly parts: readonly string[];
  readonly modifier: Modifier;
}

/** A whole new document, and its bytes as they came, if they did. */
export interface Replacement {
  readonly kind: "replace";
  readonly document: Document;
  readonly bytes: Uint8Array | undefined;
}

/** A parsed update: a whole new document, or steps in the order in which MongoDB applies them. */
export type Update =
  | Replacement
  | { readonly kind: "steps"; readonly steps: readonly UpdateStep[] };

/** The modifiers by name. */
export const MODIFIERS: Readonly<Record<string, ParseModifier>> = {
  ...VALUE_MODIFIERS,
  ...ARRAY_MODIFIERS,
};

/** Parses an update; refuses what MongoDB does not know or this server does not support. `bytes` are its own. */
export function parseUpdate(source: unknown, bytes?: Uint8Array): Update {
  if (Array.isArray(source)) throw unsupported("an update by a pipeline");
  const update = asDocument(source);
  if (update === undefined)
    throw new CommandError("FailedToParse", "Update argument must be either an object or an array");
  if (Object.keys(update)[0]?.startsWith("$") === true) return parseSteps(update);
  const dollar = Object.keys(update).find((name) => name.startsWith("$"));
  if (dollar === undefined) return { kind: "replace", document: update, bytes };
  const message = `The dollar ($) prefixed field '${dollar}' in '${dollar}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`;
  throw new CommandError("DollarPrefixedFieldName", message);
}

function parseSteps(update: Document): Update {
  const steps = Object.entries(update).flatMap(([name, fields]) => parseModifier(name, fields));
  const ordered = steps.toSorted((a, b) => comparePaths(a.parts, b.parts));
  assertNoConflict(ordered);
  return { kind: "steps", steps: ordered };
}

function parseModifier(name: string, operand: unknown): UpdateStep[] {
  noteUse("update", name);
  const parse = Object.hasOwn(MODIFIERS, name) ? MODIFIERS[name] : undefined;
  if (parse === undefined) {
    const message = `Unknown modifier: ${name}, or not supported by this server. Expected a valid update modifier or pipeline-style update specified as an array`;
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
    return { path, parts, modifier: parse({ path, operand: value }) };
  });
}

function assertNoConflict(steps: readonly UpdateStep[]): void {
  for (const [index, { parts }] of steps.entries()) {
    for (const { parts: other } of steps.slice(index + 1)) {
      if (!isPrefix(parts, other) && !isPrefix(other, parts)) continue;
      const [shorter, longer] = parts.length < other.length ? [parts, other] : [other, parts];
      const message = `Updating the path '${longer.join(".")}' would create a conflict at '${shorter.join(".")}'`;
      throw new CommandError("ConflictingUpdateOperators", message);
    }
  }
}
