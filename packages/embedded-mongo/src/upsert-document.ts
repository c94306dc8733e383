import { type Document, ObjectId } from "bson";

import { sameValue } from "./bson-order.ts";
import { CommandError } from "./errors.ts";
import type { Filter } from "./filter.ts";
import { type Update, parseUpdate } from "./update/parse-update.ts";
import { assertId, transform, withId } from "./update/update-document.ts";

/** Builds the document that an upsert inserts: what the query says is equal, then the update. */
export function buildUpsert(filter: Filter, update: Update): Document {
  const equal = equalities(filter);
  const id = equal.get("_id");
  const base = update.kind === "replace" ? {} : fromEqualities(equal);
  if (update.kind === "replace" && id !== undefined) Object.assign(base, { _id: id });
  const document = transform(base, update, true);
  const complete = withId(
    document,
    document["_id"] === undefined ? new ObjectId() : document["_id"],
  );
  if (id !== undefined && !sameValue(id, complete["_id"])) {
    throw new CommandError(
      "ImmutableField",
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
  assertId(complete["_id"]);
  return complete;
}

function fromEqualities(equal: ReadonlyMap<string, unknown>): Document {
  return transform({}, parseUpdate({ $set: Object.fromEntries(equal) }), true);
}

function equalities(filter: Filter): Map<string, unknown> {
  const found = new Map<string, unknown>();
  collect(filter, found);
  return found;
}

function collect(filter: Filter, found: Map<string, unknown>): void {
  if (filter.kind === "and" || (filter.kind === "or" && filter.children.length === 1)) {
    for (const child of filter.children) collect(child, found);
    return;
  }
  if (filter.kind !== "leaf") return;
  const { path, operator, operand } = filter;
  const single = operator === "$in" && (operand as unknown[]).length === 1;
  if (operator !== "$eq" && !single) return;
  if (found.has(path)) {
    throw new CommandError(
      "NotSingleValueField",
      `cannot infer query fields to set, path '${path}' is matched twice`,
    );
  }
  found.set(path, single ? (operand as unknown[])[0] : operand);
}
