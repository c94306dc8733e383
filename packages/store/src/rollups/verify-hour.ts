import type { RollupBuild } from "./build-hours.ts";
import { createdIn } from "./created-in.ts";
import {
  cellFold,
  cellOfCall,
  factsReader,
  FIGURE_FIELDS,
  type FigureCall,
  type FigureCell,
} from "./figure-cells.ts";
import { createFigureLogs, type FigureLog, type KeptFigures } from "./figure-log.ts";
import { levelOf, parentOf, partsOf, rangeOf, type TimeRange } from "./period.ts";
import type { PeriodTagFigures } from "./rollup-documents.ts";
import { areSameCells } from "./same-cells.ts";
import { contradictByTag, mergedTagFigures, tagFigureFold } from "./tag-figures.ts";

/** Longest time of one query, in milliseconds. */
const TIME_LIMIT_MS = 60_000;

/**
 * Make the figures of an hour again from its calls, and those of its day and month from their parts, in total and by
 * tag, and compare what is kept; returns the periods whose figures are wrong.
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
  const log = await openLog(projectId, WITH_TAGS);
  if (log === undefined) return [];
  const day = parentOf(hour);
  const wrong: string[] = [];
  const kept = await figuresOf(log, hour);
  if (kept !== undefined && contradicts(kept, await madeOfCalls(build, hour, kept.unsettled)))
    wrong.push(hour);
  for (const period of [day, parentOf(day)])
    if (!(await isSumOfParts(log, period))) wrong.push(period);
  // Of calls that were changed meanwhile, the figures are not used any more.
  const after = await openLog(projectId, WITH_TAGS);
  if (after === undefined) return [];
  const used = await Promise.all(wrong.map((period) => figuresOf(after, period)));
  return wrong.filter((_, index) => used[index] !== undefined);
}

const WITH_TAGS = { tellsTags: () => true };

/** What figures should tell. */
interface Truth {
  cells: FigureCell[];
  /** Undefined where it is not known. */
  tags: PeriodTagFigures | undefined;
}

function contradicts({ cells, tags }: KeptFigures, truth: Truth): boolean {
  if (!areSameCells(cells(), truth.cells)) return true;
  return tags !== undefined && truth.tags !== undefined && contradictByTag(tags, truth.tags);
}

async function isSumOfParts(log: FigureLog, period: string): Promise<boolean> {
  const whole = await figuresOf(log, period);
  if (whole === undefined) return true;
  const parts: KeptFigures[] = [];
  for (const part of partsOf(period, rangeOf(period))) {
    const figures = await figuresOf(log, part);
    if (figures === undefined) return true;
    parts.push(figures);
  }
  const cells = folded(
    parts.flatMap((part) => part.cells().map((cell) => ({ ...cell, quarter: 0 }))),
  );
  const told = parts.flatMap(({ tags }) => tags ?? []);
  const beside = { level: levelOf(period), asOf: new Date(0) };
  const tags = told.length < parts.length ? undefined : mergedTagFigures(told, beside);
  return !contradicts(whole, { cells, tags });
}

/** The kept figures that a question about exactly this period would be answered by. */
async function figuresOf(log: FigureLog, period: string): Promise<KeptFigures | undefined> {
  const range = rangeOf(period);
  const isIt = ({ from, to }: TimeRange) => from === range.from && to === range.to;
  const [piece] = await log.pieces(range, isIt);
  return piece?.figures;
}

async function madeOfCalls(
  { collections, projectId, now }: RollupBuild,
  hour: string,
  unsettled: readonly string[],
): Promise<Truth> {
  const factsOf = factsReader();
  const leftOut = new Set(unsettled);
  const projection = Object.fromEntries([...FIGURE_FIELDS, "tags"].map((field) => [field, 1]));
  const cells: FigureCell[] = [];
  const byTag = tagFigureFold();
  const found = collections.callLogs.find<FigureCall & { tags?: string[] | null }>(
    { projectId, ...createdIn(rangeOf(hour)) },
    { projection },
  );
  for await (const call of found) {
    if (leftOut.has(call._id)) continue;
    const cell = cellOfCall(call, factsOf(call));
    cells.push(cell);
    byTag.add(call.tags, cell);
  }
  return { cells: folded(cells), tags: byTag.kept({ level: "hour", asOf: now }) };
}

function folded(cells: readonly FigureCell[]): FigureCell[] {
  const fold = cellFold();
  for (const cell of cells) fold.add(cell);
  return fold.cells();
}
