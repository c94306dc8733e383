import { isDeepStrictEqual } from "node:util";

import type { RollupBuild } from "./build-hours.ts";
import { createdIn } from "./created-in.ts";
import {
  cellFold,
  cellOfCall,
  factsReader,
  FIGURE_FIELDS,
  type FigureCall,
  type FigureCell,
  parseCells,
} from "./figure-cells.ts";
import { createFigureLogs, type FigureLog, type KeptFigures } from "./figure-log.ts";
import { parentOf, partsOf, rangeOf, type TimeRange } from "./period.ts";

/** Longest time of one query, in milliseconds. */
const TIME_LIMIT_MS = 60_000;

/**
 * Make the figures of an hour again from its calls, and those of its day and month from their parts, and compare what
 * is kept; returns the periods whose figures are wrong.
 */
export async function verifyHour(build: RollupBuild, hour: string): Promise<string[]> {
  // What is made anew between two reads causes a difference that is no error.
  const suspects = await wrongFigures(build, hour);
  if (suspects.length === 0) return [];
  const again = new Set(await wrongFigures(build, hour));
  return suspects.filter((period) => again.has(period));
}

async function wrongFigures(build: RollupBuild, hour: string): Promise<string[]> {
  const { collections, projectId, clock } = build;
  const openLog = createFigureLogs({ collections, now: clock, timeLimitMs: TIME_LIMIT_MS });
  const log = await openLog(projectId);
  if (log === undefined) return [];
  const day = parentOf(hour);
  const wrong: string[] = [];
  const kept = await figuresOf(log, hour);
  if (kept !== undefined && !isSame(kept.cells(), await cellsOfCalls(build, hour, kept.unsettled)))
    wrong.push(hour);
  for (const period of [day, parentOf(day)])
    if (!(await isSumOfParts(log, period))) wrong.push(period);
  // Of calls that were changed meanwhile, the figures are not used any more.
  const after = await openLog(projectId);
  if (after === undefined) return [];
  const used = await Promise.all(wrong.map((period) => figuresOf(after, period)));
  return wrong.filter((_, index) => used[index] !== undefined);
}

async function isSumOfParts(log: FigureLog, period: string): Promise<boolean> {
  const whole = await figuresOf(log, period);
  if (whole === undefined) return true;
  const parts: FigureCell[] = [];
  for (const part of partsOf(period, rangeOf(period))) {
    const figures = await figuresOf(log, part);
    if (figures === undefined) return true;
    parts.push(...figures.cells());
  }
  return isSame(whole.cells(), folded(parts.map((cell) => ({ ...cell, quarter: 0 }))));
}

/** The kept figures that a question about exactly this period would be answered by. */
async function figuresOf(log: FigureLog, period: string): Promise<KeptFigures | undefined> {
  const range = rangeOf(period);
  const isIt = ({ from, to }: TimeRange) => from === range.from && to === range.to;
  const [piece] = await log.pieces(range, isIt);
  return piece?.figures;
}

async function cellsOfCalls(
  { collections, projectId }: RollupBuild,
  hour: string,
  unsettled: readonly string[],
): Promise<FigureCell[]> {
  const factsOf = factsReader();
  const leftOut = new Set(unsettled);
  const projection = Object.fromEntries(FIGURE_FIELDS.map((field) => [field, 1]));
  const cells: FigureCell[] = [];
  const found = collections.callLogs.find<FigureCall>(
    { projectId, ...createdIn(rangeOf(hour)) },
    { projection },
  );
  for await (const call of found)
    if (!leftOut.has(call._id)) cells.push(cellOfCall(call, factsOf(call)));
  return folded(cells);
}

function folded(cells: readonly FigureCell[]): FigureCell[] {
  const fold = cellFold();
  for (const cell of cells) fold.add(cell);
  return parseCells(fold.text());
}

function isSame(one: readonly FigureCell[], other: readonly FigureCell[]): boolean {
  return isDeepStrictEqual(byFacts(one), byFacts(other));
}

function byFacts(cells: readonly FigureCell[]): Map<string, FigureCell["sums"]> {
  return new Map(
    cells.map(({ sums, ...facts }) => [
      JSON.stringify([facts.quarter, facts.status, facts.provider, facts.country, facts.outcomes]),
      sums,
    ]),
  );
}
