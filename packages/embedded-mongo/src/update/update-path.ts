import { compareStrings } from "../bson-order.ts";
import { CommandError, unsupported } from "../errors.ts";
import { noteUse } from "../feature-use.ts";

/** The part of a path that stands for all elements of an array. */
export const ALL_ELEMENTS = "$[]";

/** Refuses a path that cannot name a stored field. */
export function assertUpdatePath(path: string, parts: readonly string[]): void {
  if (path === "") throw new CommandError("EmptyFieldName", "An empty update path is not valid.");
  if (parts.includes("")) {
    throw new CommandError(
      "EmptyFieldName",
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  for (const part of parts) {
    if (!part.startsWith("$")) continue;
    noteUse("path", part.replace(/\[.+\]/, "[name]"));
    if (part === ALL_ELEMENTS && part !== parts[0]) continue;
    if (/^\$(?:\[.*\])?$/.test(part)) throw unsupported(`'${part}' in the path '${path}'`);
    throw new CommandError(
      "DollarPrefixedFieldName",
      `The dollar ($) prefixed field '${part}' in '${path}' is not allowed for storage.`,
    );
  }
}

/** Whether a path begins with, or is, another. */
export function isPrefix(prefix: readonly string[], path: readonly string[]): boolean {
  return prefix.length <= path.length && prefix.every((part, index) => part === path[index]);
}

/** Orders paths as MongoDB applies them: by name, and indexes by number. */
export function comparePaths(left: readonly string[], right: readonly string[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareParts(left[index] as string, right[index] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareParts(left: string, right: string): number {
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right);
  return compareStrings(left, right);
}
