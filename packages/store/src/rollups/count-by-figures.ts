import type { Filter } from "@call-log/model";

import type { Collections } from "../collections.ts";
import { scoped } from "../queries/read-scope.ts";
import { countedParts, counting, type Part } from "./count-parts.ts";
import { createdIn } from "./created-in.ts";
import type { FigurePiece, OpenFigureLog } from "./figure-log.ts";
import { keptFor } from "./kept-cells.ts";
import { isEmpty, type TimeRange } from "./period.ts";

/** Most stretches without figures that are counted beside them; with more, one count of all is quicker. */
const MAX_GAPS = 8;
/** As many are still quicker, where they are a small part of the log together. */
const MAX_SHORT_GAPS = 90;
const SMALL_PART = 1 / 10;

/** What calls are counted in, and by which figures. */
export interface CountByFiguresDeps {
  callLogs: Collections["callLogs"];
  openLog: OpenFigureLog;
  /** Longest time that the database may spend on one query, in milliseconds. */
  maxTimeMS: number;
}

/** The exact number of calls that match; undefined for a question that kept figures do not answer, or hardly. */
export async function countByFigures(
  { callLogs, openLog, maxTimeMS }: CountByFiguresDeps,
  { projectId, query }: { projectId: string; query: Filter },
): Promise<number | undefined> {
  const kept = await keptFor({ projectId, query }, { openLog });
  if (kept === undefined) return undefined;
  const { log, asked } = kept;
  if (isEmpty(asked.range)) return 0;
  const pieces = await log.pieces(asked.range, () => true);
  const gaps = pieces.filter(({ figures }) => figures === undefined);
  if (gaps.length === pieces.length || !areFew(gaps, pieces)) return undefined;
  const matching = scoped(projectId, query);
  const countIn = (range: TimeRange, also: object = {}): Part =>
    counting(callLogs, { $and: [also, matching, createdIn(range)] });
  const unsettled = stretches(pieces).filter(({ ids }) => ids.length > 0);
  const parts = [
    ...gaps.map(({ range }) => countIn(range)),
    ...unsettled.map(({ range, ids }) => countIn(range, { _id: { $in: ids } })),
  ];
  const { count } = await countedParts(parts, { maxTimeMS });
  const cells = pieces
    .flatMap(({ figures }) => (figures ? kept.cellsOf(figures) : []))
    .filter(asked.wants);
  return cells.reduce((all, { sums }) => all + sums.calls, count);
}

function areFew(gaps: readonly FigurePiece[], pieces: readonly FigurePiece[]): boolean {
  if (gaps.length <= MAX_GAPS) return true;
  return gaps.length <= MAX_SHORT_GAPS && lengthOf(gaps) <= SMALL_PART * lengthOf(pieces);
}

// Nothing lies before the log, and its open hour is short.
function lengthOf(pieces: readonly FigurePiece[]): number {
  return pieces
    .map(({ range }) => range.to - range.from)
    .filter((length) => Number.isFinite(length))
    .reduce((all, length) => all + length, 0);
}

interface Stretch {
  range: TimeRange;
  /** Calls that the figures leave out; of an hour that is known in part, all of its. */
  ids: string[];
}

/** Pieces with figures that follow each other, together. */
function stretches(pieces: readonly FigurePiece[]): Stretch[] {
  const found: Stretch[] = [];
  let before: FigurePiece | undefined;
  for (const piece of pieces) {
    const { range, figures } = piece;
    const last = before?.figures && found.at(-1);
    before = piece;
    if (figures === undefined) continue;
    if (last === undefined) found.push({ range, ids: [...figures.unsettled] });
    else {
      last.range = { from: last.range.from, to: range.to };
      last.ids.push(...figures.unsettled);
    }
  }
  return found;
}
