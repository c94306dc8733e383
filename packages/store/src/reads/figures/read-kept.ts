import { scoped } from "../../queries/read-scope.ts";
import {
  type FigureCall,
  type FigurePiece,
  hourStart,
  type Kept,
  type TimeRange,
} from "../../rollups/index.ts";
import type { FiguresPlace } from "./figures-cursor.ts";
import { type Reading, readWindow } from "./read-window.ts";

/** Most calls that are read by their ids at once. */
const IDS_AT_ONCE = 1000;

/**
 * Counts by kept figures, and call by call where there are none, from the newest on; where to go on when the answer has
 * to be given, undefined when nothing is left.
 */
export async function readKept(
  reading: Reading,
  kept: Kept,
  place: FiguresPlace,
): Promise<FiguresPlace | undefined> {
  const { request, fold, isSpent } = reading;
  const { log, asked } = kept;
  const from = Math.max(asked.range.from, request.from?.getTime() ?? Number.NEGATIVE_INFINITY);
  const end = (place.before ?? request.to)?.getTime() ?? Number.POSITIVE_INFINITY;
  let at: FiguresPlace = place;
  let to = Math.min(asked.range.to, end);
  if (place.before !== undefined && place.id !== undefined) {
    // The answer before ended within a stretch that is read call by call, at a call and not at a time.
    to = Math.max(from, hourStart(place.before.getTime()));
    const left = await readUntil(reading, place, to);
    if (left !== undefined) return left;
  }
  const unsettled = unsettledCalls();
  while (from < to) {
    const range = { from: fold.isOfTime ? Math.max(from, log.chunkStart(to)) : from, to };
    const pieces = await log.pieces(range, (part) => fold.fits(part));
    for (const piece of pieces.toReversed()) {
      const left = await readPiece(reading, { piece, at, kept, unsettled });
      at = { ...(left?.windowMs !== undefined && { windowMs: left.windowMs }) };
      const isLast = piece.range.from <= from;
      const next = left ?? (isSpent() && !isLast ? beforePiece(piece, at) : undefined);
      if (next === undefined) continue;
      await unsettled.read(reading);
      return next;
    }
    to = range.from;
  }
  await unsettled.read(reading);
  return undefined;
}

interface PieceTask {
  piece: FigurePiece;
  at: FiguresPlace;
  kept: Kept;
  unsettled: UnsettledCalls;
}

async function readPiece(
  reading: Reading,
  { piece: { range, figures }, at: { windowMs }, kept, unsettled }: PieceTask,
): Promise<FiguresPlace | undefined> {
  if (figures !== undefined) {
    reading.fold.addCells(kept.cellsOf(figures).filter(kept.asked.wants), range);
    unsettled.note(figures.unsettled, range);
    return undefined;
  }
  const place: FiguresPlace = {
    ...(Number.isFinite(range.to) && { before: new Date(range.to) }),
    ...(windowMs !== undefined && { windowMs }),
  };
  return readUntil(reading, place, range.from);
}

function beforePiece({ range }: FigurePiece, { windowMs }: FiguresPlace): FiguresPlace {
  return { before: new Date(range.from), ...(windowMs !== undefined && { windowMs }) };
}

/** Counts call by call back to a time; where to go on when the answer has to be given before. */
async function readUntil(
  reading: Reading,
  place: FiguresPlace,
  from: number,
): Promise<FiguresPlace | undefined> {
  const { from: _whole, ...request } = reading.request;
  const part = {
    ...reading,
    request: { ...request, ...(Number.isFinite(from) && { from: new Date(from) }) },
  };
  let left: FiguresPlace | undefined = place;
  do left = await readWindow(part, left);
  while (left !== undefined && !reading.isSpent());
  return left;
}

/** Calls that kept figures leave out. */
interface UnsettledCalls {
  /** Those of them that were created in a range are to be counted. */
  note(ids: readonly string[], range: TimeRange): void;
  /** Count them as they are now. */
  read(reading: Reading): Promise<void>;
}

function unsettledCalls(): UnsettledCalls {
  const noted = new Map<string, TimeRange[]>();
  return {
    note(ids, range) {
      for (const id of ids) noted.set(id, [...(noted.get(id) ?? []), range]);
    },
    async read({ calls, request, limits, fold }) {
      const ids = [...noted.keys()];
      const asked = scoped(request.projectId, request.query);
      const options = { projection: fold.projection, maxTimeMS: limits.maxTimeMS };
      for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
        const some = { _id: { $in: ids.slice(start, start + IDS_AT_ONCE) } };
        const found = calls.find<FigureCall>({ $and: [some, asked] }, options);
        for await (const call of found) {
          const time = call.createdAt.getTime();
          const ranges = noted.get(call._id) ?? [];
          if (ranges.some(({ from, to }) => from <= time && time < to)) fold.add(call);
        }
      }
    },
  };
}
