import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { createdIn } from "./created-in.ts";
import {
  cellFold,
  type CellFold,
  cellOfCall,
  CELLS_VERSION,
  factsReader,
  FIGURE_FIELDS,
  type FigureCall,
} from "./figure-cells.ts";
import { isSettled, isUnchangedSince, type SettledCall } from "./period-figures.ts";
import { MAX_OPEN } from "./period-sum.ts";
import { tagFold, type TagFold } from "./period-tags.ts";
import { periodAt } from "./period.ts";
import type { PeriodFigures, PeriodTagFigures, PeriodTags } from "./rollup-documents.ts";
import { EXPIRY_MARGIN_MS } from "./rollup-times.ts";
import type { Scan } from "./scan-calls.ts";
import { mergedTagFigures, tagFigureFold, type TagFigureFold } from "./tag-figures.ts";

const MS_PER_DAY = 86_400_000;
const CALLS_AT_ONCE = 1000;

type Scanned = FigureCall & SettledCall & Pick<CallDocument, "expireAt" | "tags">;

/** What is made of the calls of an hour. */
export interface ScannedHour {
  figures: PeriodFigures;
  /** Of the calls that the figures are of. */
  tagFigures: PeriodTagFigures;
  /** Of all calls, settled or not: the tags of a call never change. */
  tags: PeriodTags;
}

/** Cells of calls, in total and by their tags. */
interface FoldedCalls {
  cells: CellFold;
  byTag: TagFigureFold;
}

interface HourFold {
  settled: FoldedCalls;
  /** Calls that are not settled, and have not changed lately. */
  waiting: FoldedCalls;
  tags: TagFold;
  unsettled: string[];
  /** Those of the unsettled calls that have changed lately. */
  changing: string[];
  expiries: number[];
}

const PROJECTION = Object.fromEntries(
  [...FIGURE_FIELDS, "wakeAt", "updatedAt", "revision", "expireAt", "tags"].map((field) => [
    field,
    1,
  ]),
);

/** Which calls are scanned, and which of them are settled. */
interface FigureScan extends Scan {
  /** Calls that were changed later are listed as unsettled. */
  settledBefore: Date;
}

/** The figures and tags of the hours that have calls, by their names. */
export async function scanFigures(
  callLogs: Collection<CallDocument>,
  { projectId, range, retentionDays, now, settledBefore }: FigureScan,
): Promise<Map<string, ScannedHour>> {
  const factsOf = factsReader();
  const hours = new Map<string, HourFold>();
  const found = callLogs.find<Scanned>(
    { projectId, ...createdIn(range) },
    { projection: PROJECTION, batchSize: CALLS_AT_ONCE },
  );
  for await (const call of found) {
    const name = periodAt("hour", call.createdAt.getTime());
    const hour = hours.get(name) ?? noCalls();
    hours.set(name, hour);
    addCall(hour, call, { settledBefore, factsOf });
    hour.tags.add(call.tags);
    if (call.expireAt) hour.expiries.push(call.expireAt.getTime());
  }
  // A call that settles now, or is changed later, is kept for the whole retention from now on.
  const keptUntil = retentionDays === undefined ? [] : [now.getTime() + retentionDays * MS_PER_DAY];
  return new Map([...hours].map(([name, hour]) => [name, scanned(hour, { keptUntil, now })]));
}

/** What is made of an hour without a call. */
export function emptyHour(now: Date): ScannedHour {
  return scanned(noCalls(), { keptUntil: [], now });
}

function noCalls(): HourFold {
  const folded = () => ({ cells: cellFold(), byTag: tagFigureFold() });
  const folds = { settled: folded(), waiting: folded(), tags: tagFold() };
  return { ...folds, unsettled: [], changing: [], expiries: [] };
}

function addCall(
  { settled, waiting, unsettled, changing }: HourFold,
  call: Scanned,
  { settledBefore, factsOf }: { settledBefore: Date; factsOf: ReturnType<typeof factsReader> },
): void {
  const isCell = typeof call.status === "string" && isUnchangedSince(call, settledBefore);
  const isOver = isCell && isSettled(call, settledBefore);
  if (isCell) {
    const { cells, byTag } = isOver ? settled : waiting;
    const cell = cellOfCall(call, factsOf(call));
    cells.add(cell);
    byTag.add(call.tags, cell);
  } else changing.push(call._id);
  if (!isOver) unsettled.push(call._id);
}

// Too many to be listed and read are counted as they wait; whatever changes one of them takes the figures away.
function scanned(
  { settled, waiting, tags, unsettled, changing, expiries }: HourFold,
  { keptUntil, now }: { keptUntil: readonly number[]; now: Date },
): ScannedHour {
  const first = [...expiries, ...keptUntil].reduce((a, b) => Math.min(a, b), Infinity);
  const isCrowded = unsettled.length > MAX_OPEN.hour;
  if (isCrowded) for (const cell of waiting.cells.cells()) settled.cells.add(cell);
  const beside = { level: "hour", asOf: now } as const;
  const [byTag, ofWaiting] = [settled, waiting].map((folded) => folded.byTag.kept(beside));
  const figures = {
    version: CELLS_VERSION,
    cells: settled.cells.text(),
    unsettled: isCrowded ? changing : unsettled,
    asOf: now,
    ...(Number.isFinite(first) && { validUntil: new Date(first - EXPIRY_MARGIN_MS) }),
  };
  const tagFigures = isCrowded ? mergedTagFigures([byTag!, ofWaiting!], beside) : byTag!;
  return { figures, tagFigures, tags: tags.counted("hour") };
}
