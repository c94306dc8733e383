import type { CallLogView } from "../../call/call-view.ts";

/** The most rows that one request reads. */
const MAX_ROWS = 100;

/** Reads the rows of these ids, in as many requests as necessary. */
export async function currentRows(
  ids: readonly string[],
  read: (ids: string[]) => Promise<CallLogView[]>,
): Promise<CallLogView[]> {
  const parts: string[][] = [];
  for (let start = 0; start < ids.length; start += MAX_ROWS)
    parts.push(ids.slice(start, start + MAX_ROWS));
  return (await Promise.all(parts.map(read))).flat();
}
