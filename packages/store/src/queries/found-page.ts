import { type CursorList, encodeCursor, isPagedByCursor } from "./cursor.ts";

/** What a page of a list has found. */
export interface FoundPage<Found> {
  data: Found[];
  /** Goes on from here; absent on the last page, and when the list is not sorted by createdAt. */
  nextCursor?: string;
}

/** The page of what was found, of which one more was looked for than a page has. */
export function pageOfFound<Found extends { _id: string; createdAt?: Date }>(
  found: readonly Found[],
  list: CursorList,
  limit: number,
): FoundPage<Found> {
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const goesOn = found.length > limit && isPagedByCursor(list.sort);
  if (!goesOn || last?.createdAt === undefined) return { data };
  const position = { createdAt: last.createdAt, _id: last._id };
  return { data, nextCursor: encodeCursor(position, list) };
}
