import { createHash } from "node:crypto";

import { CallLogError, type Filter, type SortKey } from "@call-log/model";
import type { Document } from "mongodb";
import { z } from "zod";

/** The last call log of a page, from which the next page goes on. */
interface CursorPosition {
  createdAt: Date;
  _id: string;
}

/** The list that a cursor belongs to. */
export interface CursorList {
  projectId: string;
  query: Filter;
  sort: readonly SortKey[];
}

const cursorContent = z.strictObject({
  createdAt: z.iso.datetime(),
  _id: z.string(),
  list: z.string(),
});

/** True when a list can be paged by cursor: it is sorted by createdAt, and by `_id` after it. */
export function isPagedByCursor(sort: readonly SortKey[]): boolean {
  return sort.length === 2 && sort[0]?.path === "createdAt";
}

/** The text of a cursor: opaque to the caller, bound to its list. */
export function encodeCursor(position: CursorPosition, list: CursorList): string {
  return Buffer.from(JSON.stringify({ ...position, list: digestOf(list) })).toString("base64url");
}

/** The position in a cursor's text. Throws BAD_REQUEST for another text and for the cursor of another list. */
export function decodeCursor(text: string, list: CursorList): CursorPosition {
  if (!isPagedByCursor(list.sort))
    throw new CallLogError("BAD_REQUEST", "cursor: can only be used when the sort is by createdAt");
  const parsed = cursorContent.safeParse(jsonIn(text));
  if (!parsed.success) throw new CallLogError("BAD_REQUEST", "cursor: is not a cursor of this API");
  const { createdAt, _id, list: digest } = parsed.data;
  if (digest !== digestOf(list))
    throw new CallLogError("BAD_REQUEST", "cursor: belongs to another query or sort");
  return { createdAt: new Date(createdAt), _id };
}

/** The filter for what comes after a position. The bound on createdAt alone is what an index can use. */
export function afterPosition(
  { createdAt, _id }: CursorPosition,
  sort: readonly SortKey[],
): Document {
  const [byDate, byId] = sort.map(({ direction }) => (direction === 1 ? "$gt" : "$lt"));
  const bound = byDate === "$gt" ? "$gte" : "$lte";
  const later = { createdAt: { [byDate ?? "$lt"]: createdAt } };
  const tie = { createdAt, _id: { [byId ?? "$lt"]: _id } };
  return { $and: [{ createdAt: { [bound]: createdAt } }, { $or: [later, tie] }] };
}

function digestOf({ projectId, query, sort }: CursorList): string {
  const text = JSON.stringify([projectId, query, sort]);
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

function jsonIn(base64url: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64url, "base64url").toString());
  } catch {
    return undefined;
  }
}
