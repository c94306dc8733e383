/** Where the person is in a chart: a column, or the columns from `anchor` to `at`. */
export interface Cursor {
  at: number;
  anchor: number;
}

/** Columns that Page Up and Page Down go by. */
const PAGE = 10;

const PLACES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at + 1,
  PageUp: (at) => at + PAGE,
  PageDown: (at) => at - PAGE,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The cursor after a key; undefined where the key has no meaning in a chart. Shift keeps the anchor, which selects columns. */
export function afterKey(
  cursor: Cursor | undefined,
  { key, shiftKey }: { key: string; shiftKey: boolean },
  count: number,
): Cursor | undefined {
  const place = PLACES[key];
  if (place === undefined || count === 0) return undefined;
  const isForward = key === "ArrowRight" || key === "ArrowUp";
  const start = isForward ? -1 : count;
  const at = Math.min(count - 1, Math.max(0, place(cursor?.at ?? start, count)));
  return { at, anchor: shiftKey ? (cursor?.anchor ?? at) : at };
}

/** First and last column of a cursor, within the chart; undefined when it lies outside, as after newer data. */
export function columnsOf(
  cursor: Cursor | undefined,
  count: number,
): { first: number; last: number } | undefined {
  if (cursor === undefined) return undefined;
  const first = Math.min(cursor.at, cursor.anchor);
  const last = Math.min(count - 1, Math.max(cursor.at, cursor.anchor));
  return first <= last ? { first, last } : undefined;
}
