import { compareStrings } from "../bson-order.ts";
import { CommandError } from "../errors.ts";

/** Refuses a path that cannot name a stored field. */
export function assertUpdatePath(path: string, parts: readonly string[]): void {
  if (path === "") throw new CommandError("EmptyFieldName", "An empty update path is not valid.");
  if (parts.includes("")) {
    throw new CommandError(
      "EmptyFieldName",
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  for (const [position, part] of parts.entries()) {
    if (!part.startsWith("$")) continue;
    if (isPositional(part)) {
      if (position === 0)
        throw new CommandError(
          "BadValue",
          `Cannot have positional (i.e. '${part}') element in the first position in path '${path}'`,
        );
      continue;
    }
    throw new CommandError(
      "DollarPrefixedFieldName",
      `The dollar ($) prefixed field '${part}' in '${path}' is not allowed for storage.`,
    );
  }
}

/** Tells whether a part of a path stands for array elements: `$`, `$[]`, `$[name]`. */
export function isPositional(part: string): boolean {
  return part === "$" || /^\$\[.*\]$/.test(part);
}

/** Tells whether a path begins with, or is, another. */
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
