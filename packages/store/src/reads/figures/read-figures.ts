import type { CallFigures, FiguresQuery } from "@call-log/model";

import { scoped } from "../../queries/read-scope.ts";
import { figureQuery, type OpenFigureLog } from "../../rollups/index.ts";
import { type FigureFold, figureFold } from "./figure-fold.ts";
import { decodePlace, encodePlace, type FiguresPlace } from "./figures-cursor.ts";
import { readKept } from "./read-kept.ts";
import { type ReadCalls, readWindow, type WindowLimits } from "./read-window.ts";

/** A question for figures of a project. */
export type FiguresRequest = { projectId: string } & FiguresQuery;

/** How much one answer reads at most, and what it need not read. */
export interface FiguresLimits extends WindowLimits {
  /** Most calls of one answer that are read one by one. */
  calls: number;
  /** After so many milliseconds an answer is given, with what there is. */
  sliceMs: number;
  /** Kept figures; without them, all calls are read one by one. */
  openLog?: OpenFigureLog;
}

/**
 * Figures of the calls that match, newest first: of all of them, or of as many as an answer may read, with a cursor for
 * the rest. Kept figures are added where there are any and the question is one that they can answer; the rest is read
 * call by call, so that every figure is exact, in any zone.
 */
export async function readFigures(
  calls: ReadCalls,
  request: FiguresRequest,
  limits: FiguresLimits,
): Promise<CallFigures> {
  const fold = figureFold(request.by, request.timeZone);
  const began = performance.now();
  const isSpent = () => fold.count() >= limits.calls || performance.now() - began >= limits.sliceMs;
  const reading = { calls, request, limits, fold, isSpent };
  const asked = fold.isKept ? figureQuery(request.query) : undefined;
  const log = asked && (await limits.openLog?.(request.projectId));
  const kept = asked && log && { log, asked };
  let place: FiguresPlace | undefined = decodePlace(request);
  do
    place =
      kept === undefined ? await readWindow(reading, place) : await readKept(reading, kept, place);
  while (place !== undefined && !isSpent());
  const from =
    place === undefined
      ? (request.from ?? (await oldestOf(reading, fold)))
      : (place.before ?? request.to);
  return {
    from: from?.toISOString() ?? null,
    ...(place !== undefined && { nextCursor: encodePlace(place, request) }),
    ...fold.result(),
  };
}

// Of calls that were not read, only the period is known.
async function oldestOf(
  { calls, request, limits }: { calls: ReadCalls; request: FiguresRequest; limits: WindowLimits },
  fold: FigureFold,
): Promise<Date | undefined> {
  const oldest = fold.oldest();
  const range = fold.oldestRange();
  if (range === undefined || (oldest !== undefined && oldest.getTime() < range.from)) return oldest;
  const within = { createdAt: { $gte: new Date(range.from), $lt: new Date(range.to) } };
  const [first] = await calls
    .find<{ createdAt: Date }>(
      { $and: [scoped(request.projectId, request.query), within] },
      { projection: { createdAt: 1 }, maxTimeMS: limits.maxTimeMS, limit: 1 },
    )
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
  if (first === undefined) return oldest;
  return oldest === undefined || first.createdAt < oldest ? first.createdAt : oldest;
}
