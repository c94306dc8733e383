import type { Collections } from "../collections.ts";
import { type FigureCell, parseCells, QUARTER_MS } from "./figure-cells.ts";
import { type ChangedCall, changedSince } from "./follow-changes.ts";
import { areUsable } from "./period-figures.ts";
import {
  holds,
  isEmpty,
  levelOf,
  overlap,
  partsOf,
  periodAt,
  rangeOf,
  ROOT,
  type TimeRange,
} from "./period.ts";
import { builtRange } from "./plan-range.ts";
import type { PeriodFigures, PeriodTagFigures, RollupPageDocument } from "./rollup-documents.ts";
import { createRollupPages, type ReadOptions, type RollupPages } from "./rollup-pages.ts";
import { tagFiguresBeside } from "./tag-figures.ts";

/** A stretch of a log: with the figures of its calls, or without, so that they have to be read. */
export interface FigurePiece {
  range: TimeRange;
  figures?: KeptFigures;
}

/** What is known of a stretch without reading its calls. */
export interface KeptFigures {
  cells: () => readonly FigureCell[];
  /** Calls that are not in the cells; of a quarter of an hour, those of the hour. */
  unsettled: readonly string[];
  /** Of the same calls, where the log was opened to tell of tags. */
  tags?: PeriodTagFigures | undefined;
}

/** Which figures of a period are enough for a question. */
export interface FigureTest {
  /** True if what a period tells of tags is enough. Given it, no figures of a quarter of an hour are given. */
  tellsTags?: (tags: PeriodTagFigures | undefined) => boolean;
  /** True if the figures say of each of their calls whether it matches. */
  decides?: (figures: KeptFigures) => boolean;
}

/** The kept figures of a project, as they were at a moment. */
export interface FigureLog {
  /** Where to begin if no more than one page of days is to be read of a range that ends at a time. */
  chunkStart(to: number): number;
  /**
   * A range in pieces, in their order, the longest that fit. A piece with figures fits by itself; pieces without are for
   * the caller to divide.
   */
  pieces(range: TimeRange, fits: (range: TimeRange) => boolean): Promise<FigurePiece[]>;
}

/** Opens the figures of a project; undefined when none are kept. Only figures that are enough are given. */
export type OpenFigureLog = (
  projectId: string,
  enough?: FigureTest,
) => Promise<FigureLog | undefined>;

/** Where the figures are. */
export interface FigureLogDeps {
  collections: Pick<Collections, "callLogs" | "periodSums">;
  now: () => Date;
  /** Longest time that the database may spend on one query, in milliseconds. */
  timeLimitMs: number;
}

/** Most changed calls with which kept figures are used; beyond, most of them would be stale. */
const MAX_CHANGED = 20_000;
/** Days of a page, and months of many years: more are not read at once. */
const PAGES_AT_ONCE = 120;
/** Reads of pages for a question that figures may not decide: of its months, then of their days. */
const MOST_READS_TO_DECIDE = 2;

/** Reads the figures that `buildFigures` keeps. */
export function createFigureLogs({ collections, now, timeLimitMs }: FigureLogDeps): OpenFigureLog {
  const options = { maxTimeMS: timeLimitMs };
  const pagesWithout = (without: NonNullable<ReadOptions["without"]>) =>
    createRollupPages(collections.periodSums, { ...options, without });
  const inTotal = pagesWithout(["sums", "tags", "tagFigures"]);
  const byTag = pagesWithout(["sums", "tags"]);
  return async (projectId, enough = {}) => {
    const pages = enough.tellsTags === undefined ? inTotal : byTag;
    const root = (await pages.read(projectId, [ROOT])).get(ROOT);
    if (root?.changesSince === undefined || root.sealedTo === undefined) return undefined;
    const summed = sealedRange(root);
    // Changes that the figures may not know of; after the page of the whole log, which says since when.
    const changed = await changedSince(
      collections.callLogs,
      { projectId, since: root.changesSince, range: summed, most: MAX_CHANGED },
      options,
    );
    if (changed === undefined) return undefined;
    const known = new Map<string, RollupPageDocument | undefined>([[ROOT, root]]);
    const walk = { pages: known, changed: byPeriod(changed), now: now(), summed, enough };
    return openLog(pages, projectId, walk);
  };
}

// The page is read without its sums, but months without a sum are known as blocked or have figures.
function sealedRange(root: RollupPageDocument): TimeRange {
  const months = Object.keys(root.figures ?? {}).map((month) => rangeOf(month).from);
  const { from, to } = builtRange(root);
  return { from: Math.min(from, ...months), to };
}

// Ids of calls by the periods that they were created in.
function byPeriod(calls: readonly ChangedCall[]): Map<string, string[]> {
  const periods = new Map<string, string[]>();
  for (const { _id, createdAt } of calls) {
    for (const level of ["hour", "day", "month"] as const) {
      const period = periodAt(level, createdAt.getTime());
      const ids = periods.get(period) ?? [];
      ids.push(_id);
      periods.set(period, ids);
    }
  }
  return periods;
}

interface Walk {
  pages: Map<string, RollupPageDocument | undefined>;
  changed: ReadonlyMap<string, readonly string[]>;
  now: Date;
  summed: TimeRange;
  enough: FigureTest;
}

function openLog(pages: RollupPages, projectId: string, walk: Walk): FigureLog {
  return {
    chunkStart(to) {
      const last = Math.min(to, walk.summed.to) - 1;
      if (last <= walk.summed.from) return Number.NEGATIVE_INFINITY;
      return rangeOf(periodAt("month", last)).from;
    },
    async pieces(range, fits) {
      const missing = new Set<string>();
      const look = { ...walk, fits, missing };
      let found = planned(range, look);
      let left = walk.enough.decides === undefined ? Infinity : MOST_READS_TO_DECIDE;
      // What is not read then has no figures.
      for (; missing.size > 0 && left > 0; left -= 1) {
        const wanted = [...missing].slice(-PAGES_AT_ONCE);
        for (const [name, page] of await pages.read(projectId, wanted)) walk.pages.set(name, page);
        missing.clear();
        found = planned(range, look);
      }
      return found;
    },
  };
}

interface Look extends Walk {
  fits: (range: TimeRange) => boolean;
  missing: Set<string>;
}

function planned(range: TimeRange, look: Look): FigurePiece[] {
  const summed = overlap(range, look.summed);
  if (isEmpty(range)) return [];
  if (isEmpty(summed)) return [{ range }];
  return joined([
    { range: { from: range.from, to: summed.from } },
    ...piecesOf(ROOT, summed, look),
    { range: { from: summed.to, to: range.to } },
  ]);
}

function piecesOf(period: string, range: TimeRange, look: Look): FigurePiece[] {
  const page = look.pages.get(period);
  const { tellsTags, decides } = look.enough;
  return partsOf(period, range).flatMap((part): FigurePiece[] => {
    const whole = rangeOf(part);
    const wanted = overlap(whole, range);
    const figures = page?.figures?.[part];
    const tags = tellsTags && tagFiguresBeside(page, part);
    const isUsed =
      areUsable(figures, look.now) &&
      !isStale(figures.unsettled, look.changed.get(part)) &&
      (tellsTags?.(tags) ?? true);
    const kept = isUsed ? { ...opened(figures), tags } : undefined;
    const isWhole = holds(range, whole) && look.fits(whole);
    if (kept !== undefined && isWhole && (decides?.(kept) ?? true))
      return [{ range: whole, figures: kept }];
    if (levelOf(part) === "hour")
      return kept !== undefined && tellsTags === undefined
        ? quartersOf(kept, whole, { wanted, look })
        : [{ range: wanted }];
    if (look.pages.get(part) !== undefined) return piecesOf(part, wanted, look);
    if (!look.pages.has(part)) look.missing.add(part);
    return [{ range: wanted }];
  });
}

// A call that was changed since; those that are listed are read anyway.
function isStale(unsettled: readonly string[], changed: readonly string[] = []): boolean {
  if (changed.length === 0) return false;
  const listed = new Set(unsettled);
  return changed.some((id) => !listed.has(id));
}

function quartersOf(
  { cells, unsettled }: KeptFigures,
  hour: TimeRange,
  { wanted, look }: { wanted: TimeRange; look: Look },
): FigurePiece[] {
  return [0, 1, 2, 3].map((quarter): FigurePiece => {
    const from = hour.from + quarter * QUARTER_MS;
    const range = { from, to: from + QUARTER_MS };
    const own = () => cells().filter((cell) => cell.quarter === quarter);
    const figures = { cells: own, unsettled };
    const isEnough = look.enough.decides?.(figures) ?? true;
    return isEnough && holds(wanted, range) && look.fits(range)
      ? { range, figures }
      : { range: overlap(wanted, range) };
  });
}

function opened({ cells, unsettled }: PeriodFigures): KeptFigures {
  let parsed: FigureCell[] | undefined;
  return { cells: () => (parsed ??= parseCells(cells)), unsettled };
}

function joined(pieces: readonly FigurePiece[]): FigurePiece[] {
  const all: FigurePiece[] = [];
  for (const piece of pieces) {
    if (isEmpty(piece.range)) continue;
    const last = all.at(-1);
    if (last === undefined || last.figures !== undefined || piece.figures !== undefined)
      all.push(piece);
    else all[all.length - 1] = { range: { from: last.range.from, to: piece.range.to } };
  }
  return all;
}
