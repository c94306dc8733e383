import type { Kept, OpenFigureLog } from "../../rollups/index.ts";
import type { FiguresPlace } from "./figures-cursor.ts";
import { readKept } from "./read-kept.ts";
import { firstWindow, type Reading, readWindow, type WindowLimits } from "./read-window.ts";

/** How much one answer reads at most, and what it need not read. */
export interface FiguresLimits extends WindowLimits {
  /** Most calls of one answer that are read one by one. */
  calls: number;
  /** After so many milliseconds an answer is given, with what there is. */
  sliceMs: number;
  /** Kept figures; without them, all calls are read one by one. */
  openLog?: OpenFigureLog;
  /** True where the whole was not read in time, so that less is asked for at once. */
  isSlow?: boolean;
}

/**
 * Counts from a place back, the newest first, as much as one answer may read: by kept figures where they are given,
 * else call by call. Where to go on; undefined when nothing is left.
 */
export async function readPart(
  { limits, ...rest }: Omit<Reading, "isSpent" | "limits"> & { limits: FiguresLimits },
  kept: Kept | undefined,
  from: FiguresPlace,
): Promise<FiguresPlace | undefined> {
  const endAt = performance.now() + limits.sliceMs;
  const isSpent = () => rest.fold.count() >= limits.calls || performance.now() >= endAt;
  const reading = { ...rest, limits, isSpent };
  const begins = limits.isSlow === true && from.before === undefined;
  let place: FiguresPlace | undefined = begins ? await firstWindow(reading) : from;
  do
    place =
      kept === undefined ? await readWindow(reading, place) : await readKept(reading, kept, place);
  while (place !== undefined && !isSpent());
  return place;
}
