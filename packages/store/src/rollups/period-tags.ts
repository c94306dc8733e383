import { EMPTY_SUM, hasTotal } from "./period-sum.ts";
import type { Level } from "./period.ts";
import type { KnownOf } from "./plan-range.ts";
import type { PeriodTags, RollupPageDocument } from "./rollup-documents.ts";

/** Longest text of counts; all tags of most projects fit, and a page with all its parts stays small. */
const MAX_TEXT: Readonly<Record<Level, number>> = { hour: 2000, day: 3000, month: 4000 };
/** Most different tags that are counted at once; an import may bring one for every call. */
const MAX_TAGS = 10_000;

/** Counts of tags that grow call by call. */
export interface TagFold {
  /** Count one more call, given its tags. */
  add(tags: readonly string[] | null | undefined): void;
  /** The counts, as they are kept for a period of this level. */
  counted(level: Level): PeriodTags;
}

/** No calls yet. */
export function tagFold(): TagFold {
  const counts = new Map<string, number>();
  let calls = 0;
  let hasMore = false;
  return {
    add(tags) {
      calls += 1;
      for (const tag of new Set(tags)) {
        // A tag is left out from its first call on or not at all, so what is counted is exact.
        if (counts.size < MAX_TAGS || counts.has(tag)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
        else hasMore = true;
      }
    },
    counted: (level) => mostFrequent({ calls, counts, hasMore }, level),
  };
}

/** The counts of periods together. A tag stays if each of them tells its number. */
export function mergedTags(parts: readonly PeriodTags[], level: Level): PeriodTags {
  const counts = new Map<string, number>();
  for (const [tag, calls] of parts.flatMap(rowsOf)) counts.set(tag, (counts.get(tag) ?? 0) + calls);
  const partial = parts.filter(({ hasMore }) => hasMore).map(callsByTag);
  const told = [...counts].filter(([tag]) => partial.every((part) => part(tag) !== undefined));
  const calls = parts.reduce((all, part) => all + part.calls, 0);
  return mostFrequent({ calls, counts: new Map(told), hasMore: partial.length > 0 }, level);
}

/**
 * The tags of a part of a page, while they are of the same calls as the sum beside them. Tags of a call never change, so
 * what was written to the period or deleted since shows in how many calls there are.
 */
export function usableTags(
  page: RollupPageDocument | undefined,
  part: string,
  now: Date,
): PeriodTags | undefined {
  const [sum, kept] = [page?.sums?.[part], page?.tags?.[part]];
  return hasTotal(sum, now) && kept?.calls === sum.total ? kept : undefined;
}

/** The number of calls with a tag; of a tag that is not among the most frequent, it has to be counted. */
export function callsWithTag(tag: string, now: Date): KnownOf {
  return (page, part) => {
    const kept = usableTags(page, part, now);
    if (kept === undefined) return undefined;
    const total = callsByTag(kept)(tag);
    return total === undefined ? "to count" : { ...EMPTY_SUM, total };
  };
}

/** True if two counts of the same calls tell different numbers of a tag. */
export function contradict(one: PeriodTags, other: PeriodTags): boolean {
  const [a, b] = [callsByTag(one), callsByTag(other)];
  return [...rowsOf(one), ...rowsOf(other)].some(([tag]) => {
    const [m, n] = [a(tag), b(tag)];
    return m !== undefined && n !== undefined && m !== n;
  });
}

type Rows = [tag: string, calls: number][];

function rowsOf({ counts }: PeriodTags): Rows {
  return JSON.parse(counts) as Rows;
}

/** The number of calls with a tag; undefined of one that is not told. */
function callsByTag(kept: PeriodTags): (tag: string) => number | undefined {
  const counts = new Map(rowsOf(kept));
  return (tag) => counts.get(tag) ?? (kept.hasMore ? undefined : 0);
}

interface TagCounts {
  calls: number;
  counts: ReadonlyMap<string, number>;
  hasMore: boolean;
}

/** The most frequent ones, as many as the text may have. */
function mostFrequent({ calls, counts, hasMore }: TagCounts, level: Level): PeriodTags {
  const rows: Rows = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  let length = "[]".length;
  const tooMany = rows.findIndex((row) => {
    length += JSON.stringify(row).length + ",".length;
    return length > MAX_TEXT[level];
  });
  const kept = tooMany === -1 ? rows : rows.slice(0, tooMany);
  const isPart = hasMore || kept.length < rows.length;
  return { calls, counts: JSON.stringify(kept), ...(isPart && { hasMore: true }) };
}
