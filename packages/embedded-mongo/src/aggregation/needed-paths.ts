import { asDocument } from "../bson-type.ts";
import { fieldsOf } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";

/** Adds the paths that a stage reads; false if it may read the whole document. */
type PathsOfStage = (operand: unknown, paths: Set<string>) => boolean;

const STAGE_PATHS: Readonly<Record<string, PathsOfStage>> = {
  $match: (operand, paths) => {
    for (const name of fieldsOf(parseFilter(asDocument(operand) ?? {}))) paths.add(name);
    return true;
  },
  $sort: addRoots,
  $limit: () => true,
  $unwind: addPaths,
  $set: (operand, paths) => addRoots(operand, paths) && addPaths(operand, paths),
  // Its own pipeline reads documents of its own; the stages after it read those of both.
  $unionWith: () => true,
  $group: addPaths,
};

/** The paths of a document that a parsed pipeline reads, up to the stage that makes new ones; undefined if it may be all. */
export function neededPaths(pipeline: readonly unknown[]): ReadonlySet<string> | undefined {
  const paths = new Set<string>();
  for (const stage of pipeline) {
    const [name = "", operand] = Object.entries(asDocument(stage) ?? {})[0] ?? [];
    if (STAGE_PATHS[name]?.(operand, paths) !== true) return undefined;
    if (name === "$group") return paths;
  }
  return undefined;
}

function addRoots(operand: unknown, paths: Set<string>): boolean {
  for (const path of Object.keys(asDocument(operand) ?? {})) paths.add(path.split(".")[0] ?? "");
  return true;
}

// A variable such as `$$ROOT` may be the whole document.
function addPaths(value: unknown, paths: Set<string>): boolean {
  if (typeof value === "string") {
    if (value.startsWith("$$")) return false;
    if (value.startsWith("$")) paths.add(value.slice(1));
    return true;
  }
  const inner = Array.isArray(value) ? value : Object.values(asDocument(value) ?? {});
  return inner.every((one: unknown) => addPaths(one, paths));
}
