import type { Document } from "bson";

import { toNumber } from "./bson-number.ts";
import type { Collection } from "./collection.ts";
import { CommandError } from "./errors.ts";
import { keyText, parseKeyFields } from "./index-spec.ts";

/** What a hint asks for: an index, or the natural order. */
export interface ResolvedHint {
  readonly index?: string;
  readonly natural?: 1 | -1;
}

/** Resolves a hint to an index of the collection, and refuses one that names none. */
export function resolveHint(
  collection: Collection,
  hint: Document | string | undefined,
): ResolvedHint | undefined {
  if (hint === undefined || (typeof hint !== "string" && Object.keys(hint).length === 0))
    return undefined;
  if (typeof hint !== "string" && "$natural" in hint)
    return { natural: toNumber(hint["$natural"]) === -1 ? -1 : 1 };
  const index =
    typeof hint === "string"
      ? collection.index(hint)
      : collection.indexes.find(
          ({ spec }) => keyText(spec.fields) === keyText(parseKeyFields(hint, "BadValue")),
        );
  if (index === undefined) {
    throw new CommandError(
      "BadValue",
      "error processing query: planner returned error: hint provided does not correspond to an existing index",
    );
  }
  return { index: index.spec.name };
}
