import { asDocument } from "../bson-type.ts";
import { fieldsOf } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";

/** Adds the fields that a stage reads; false if it may read all of them. */
type FieldsOfStage = (operand: unknown, names: Set<string>) => boolean;

const STAGE_FIELDS: Readonly<Record<string, FieldsOfStage>> = {
  $match: (operand, names) => {
    for (const name of fieldsOf(parseFilter(asDocument(operand) ?? {}))) names.add(name);
    return true;
  },
  $sort: addKeys,
  $limit: () => true,
  $unwind: addPaths,
  $set: (operand, names) => addKeys(operand, names) && addPaths(operand, names),
  // Its own pipeline reads documents of its own; the stages after it read those of both.
  $unionWith: () => true,
  $group: addPaths,
};

/** The fields of a document that a parsed pipeline reads, up to the stage that makes new ones; undefined if it may be all. */
export function neededFields(pipeline: readonly unknown[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const stage of pipeline) {
    const [name = "", operand] = Object.entries(asDocument(stage) ?? {})[0] ?? [];
    if (STAGE_FIELDS[name]?.(operand, names) !== true) return undefined;
    if (name === "$group") return names;
  }
  return undefined;
}

function addKeys(operand: unknown, names: Set<string>): boolean {
  for (const path of Object.keys(asDocument(operand) ?? {})) names.add(rootOf(path));
  return true;
}

// A variable such as `$$ROOT` may be the whole document.
function addPaths(value: unknown, names: Set<string>): boolean {
  if (typeof value === "string") {
    if (value.startsWith("$$")) return false;
    if (value.startsWith("$")) names.add(rootOf(value.slice(1)));
    return true;
  }
  const inner = Array.isArray(value) ? value : Object.values(asDocument(value) ?? {});
  return inner.every((one: unknown) => addPaths(one, names));
}

function rootOf(path: string): string {
  return path.split(".")[0] ?? "";
}
