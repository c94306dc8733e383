import type { FigurePiece } from "./figure-log.ts";
import type { Kept } from "./kept-cells.ts";
import { overlap, type TimeRange } from "./period.ts";

/** A stretch of a log in which calls may match. */
export interface LikelyRange {
  range: TimeRange;
  /** If given, only these calls may match. */
  ids?: readonly string[];
}

/** Where calls are looked for that few others stand between. */
export interface LikelySearch {
  range: TimeRange;
  /** 1: the oldest first; -1: the newest first. */
  direction: 1 | -1;
  sparseness: Sparseness;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From when on calls that match stand so far apart that the others are better left out by their figures. */
export interface Sparseness {
  /** Fewer than one in so many matches. */
  oneIn: number;
  /** Of more calls than so many. */
  of: number;
}

/** What an index reads as fast is not looked up. */
export const SPARSE: Sparseness = { oneIn: 50, of: 2000 };

/** Stretches in which calls may match, in their order. What the figures know to have none is left out. */
export async function* likelyRanges(kept: Kept, search: LikelySearch): AsyncGenerator<LikelyRange> {
  const range = overlap(kept.asked.range, search.range);
  yield* likelyIn(kept, { ...search, range }, [Number.POSITIVE_INFINITY, DAY_MS, HOUR_MS]);
}

/** True if the calls of these pieces that surely match stand far apart, among those with the tag if one is asked for. */
export function isSparse(
  pieces: readonly FigurePiece[],
  { asked, cellsOf }: Kept,
  { oneIn, of }: Sparseness,
): boolean {
  const cells = pieces.flatMap(({ figures }) => (figures ? cellsOf(figures) : []));
  const matching = callsIn(cells.filter(asked.wants));
  const all = callsIn(cells);
  return all > of && matching * oneIn < all;
}

async function* likelyIn(
  kept: Kept,
  search: LikelySearch,
  [longest = HOUR_MS, ...shorter]: readonly number[],
): AsyncGenerator<LikelyRange> {
  const pieces = await kept.log.pieces(search.range, ({ from, to }) => to - from <= longest);
  const { direction, sparseness } = search;
  for (const piece of direction === 1 ? pieces : pieces.toReversed()) {
    const { range, figures } = piece;
    if (figures === undefined) yield { range };
    else if (kept.cellsOf(figures).some((cell) => kept.asked.wants(cell) !== false)) {
      if (shorter.length > 0 && isSparse([piece], kept, sparseness))
        yield* likelyIn(kept, { ...search, range }, shorter);
      else yield { range };
    } else if (figures.unsettled.length > 0) yield { range, ids: figures.unsettled };
  }
}

function callsIn(cells: readonly { sums: { calls: number } }[]): number {
  return cells.reduce((all, { sums }) => all + sums.calls, 0);
}
