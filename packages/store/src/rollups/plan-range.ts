import { hasTotal, isUsable } from "./period-sum.ts";
import {
  holds,
  isEmpty,
  levelOf,
  NAMED_TIMES,
  overlap,
  partsOf,
  rangeOf,
  ROOT,
  type TimeRange,
} from "./period.ts";
import type { PeriodSum, RollupPageDocument } from "./rollup-documents.ts";

/**
 * Most stretches that are counted one by one; more would be more queries than a scan of what is between them is worth.
 */
const MAX_GAPS = 8;

/**
 * What a page knows of one of its parts: its sum, or that it has to be counted; undefined if the page of the part may
 * know more.
 */
export type KnownOf = (
  page: RollupPageDocument,
  part: string,
) => PeriodSum | "to count" | undefined;

/** The sums of all calls that may be used now, for their totals. */
export function allCalls(now: Date): KnownOf {
  return ({ sums }, part) => {
    const sum = sums?.[part];
    return hasTotal(sum, now) ? sum : undefined;
  };
}

/** The sums that tell the statuses of the calls, too. */
export function callsByStatus(now: Date): KnownOf {
  return ({ sums }, part) => {
    const sum = sums?.[part];
    return isUsable(sum, now) ? sum : undefined;
  };
}

/** A page of sums; undefined for a page that does not exist. */
export type Pages = ReadonlyMap<string, RollupPageDocument | undefined>;

/** Plan of a range: its sums, the gaps to count, and pages that may hold more sums. */
export interface RangePlan {
  sums: PeriodSum[];
  gaps: TimeRange[];
  /** Names of the pages that were not read. */
  missing: string[];
}

type Piece = { range: TimeRange; sum?: PeriodSum };

/** Plan a range by the longest periods with known sums, and the rest by as few gaps as possible. */
export function planRange(range: TimeRange, pages: Pages, knownOf: KnownOf): RangePlan {
  const root = pages.get(ROOT);
  const summed = overlap(range, builtRange(root));
  if (isEmpty(range)) return { sums: [], gaps: [], missing: [] };
  if (isEmpty(summed)) return { sums: [], gaps: [range], missing: [] };
  const missing: string[] = [];
  // Nothing is older than the first month that is known, unless it is older than any that has a name.
  const before = summed.from === NAMED_TIMES.from ? range.from : summed.from;
  const pieces: Piece[] = [
    { range: { from: before, to: summed.from } },
    ...piecesOf(ROOT, summed, { pages, knownOf, missing }),
    { range: { from: summed.to, to: range.to } },
  ];
  const joined = fewer(joinGaps(pieces.filter((piece) => !isEmpty(piece.range))));
  return {
    sums: joined.flatMap(({ sum }) => sum ?? []),
    gaps: joined.flatMap(({ range: gap, sum }) => (sum === undefined ? [gap] : [])),
    missing,
  };
}

/**
 * From the first part that the page of all months knows of until where the log was summed; empty when there is no such
 * page.
 */
export function builtRange(root: RollupPageDocument | undefined): TimeRange {
  const { sums = {}, blocked = {}, sealedFrom, sealedTo } = root ?? {};
  if (sealedFrom === undefined || sealedTo === undefined) return { from: 0, to: 0 };
  const months = [...Object.keys(sums), ...Object.keys(blocked)].map(
    (month) => rangeOf(month).from,
  );
  const from = Math.min(sealedFrom.getTime(), ...months);
  return overlap(NAMED_TIMES, { from, to: sealedTo.getTime() });
}

interface Walk {
  pages: Pages;
  knownOf: KnownOf;
  missing: string[];
}

function piecesOf(period: string, range: TimeRange, walk: Walk): Piece[] {
  const page = walk.pages.get(period);
  return partsOf(period, range).flatMap((part): Piece[] => {
    const whole = rangeOf(part);
    const wanted = overlap(whole, range);
    const known = page && holds(range, whole) ? walk.knownOf(page, part) : undefined;
    if (known === "to count" || (levelOf(part) === "hour" && known === undefined))
      return [{ range: wanted }];
    if (known !== undefined) return [{ range: whole, sum: known }];
    if (walk.pages.get(part) !== undefined) return piecesOf(part, wanted, walk);
    if (!walk.pages.has(part)) walk.missing.push(part);
    return [{ range: wanted }];
  });
}

function joinGaps(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last === undefined || last.sum !== undefined || piece.sum !== undefined) joined.push(piece);
    else joined[joined.length - 1] = { range: { from: last.range.from, to: piece.range.to } };
  }
  return joined;
}

// Gives up the sums between two gaps that stand for the fewest calls, until few enough gaps are left.
function fewer(pieces: Piece[]): Piece[] {
  const gaps = pieces.flatMap(({ sum }, index) => (sum === undefined ? [index] : []));
  if (gaps.length <= MAX_GAPS) return pieces;
  const between = gaps.slice(1).map((end, index) => {
    const start = gaps[index]!;
    const calls = pieces.slice(start + 1, end).reduce((all, { sum }) => all + (sum?.total ?? 0), 0);
    return { start, end, calls };
  });
  const { start, end } = between.reduce((a, b) => (a.calls <= b.calls ? a : b));
  const range = { from: pieces[start]!.range.from, to: pieces[end]!.range.to };
  return fewer([...pieces.slice(0, start), { range }, ...pieces.slice(end + 1)]);
}
