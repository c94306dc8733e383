import type { CallFigures, FigureDimension, FigureGroup, FiguresQuery } from "@call-log/model";

import { scoped } from "../../queries/read-scope.ts";
import { keptFor } from "../../rollups/index.ts";
import { type FigureFold, figureFold } from "./figure-fold.ts";
import type { SumDimension } from "./figure-keys.ts";
import { decodePlace, encodePlace } from "./figures-cursor.ts";
import { type FiguresLimits, readPart } from "./read-part.ts";
import type { ReadCalls, Reading } from "./read-window.ts";

/** A question for figures of a project; stats are asked for in the same way, by tags, too. */
export type FiguresRequest<Dimension extends SumDimension = FigureDimension> = {
  projectId: string;
  by: readonly Dimension[];
} & Omit<FiguresQuery, "by">;

/** Figures by any dimension. */
export type FiguresBy<Dimension extends SumDimension> = Omit<CallFigures, "groups"> & {
  groups: Partial<Record<Dimension, FigureGroup[]>>;
};

/**
 * Figures of the calls that match, newest first: of all of them, or of as many as an answer may read, with a cursor for
 * the rest. Kept figures are added where there are any and the question is one that they can answer; the rest is read
 * call by call, so that every figure is exact, in any zone.
 */
export async function readFigures<Dimension extends SumDimension>(
  calls: ReadCalls,
  request: FiguresRequest<Dimension>,
  limits: FiguresLimits,
): Promise<FiguresBy<Dimension>> {
  const fold = figureFold(request.by, request.timeZone);
  const kept = fold.isKept ? await keptFor(request, limits) : undefined;
  const reading = { calls, request, limits, fold };
  const place = await readPart(reading, kept, decodePlace(request));
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
  { calls, request, limits }: Pick<Reading, "calls" | "request" | "limits">,
  fold: Pick<FigureFold<SumDimension>, "oldest" | "oldestRange">,
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
