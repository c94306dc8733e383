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
import { isSettled, type SettledCall } from "./period-figures.ts";
import { tagFold, type TagFold } from "./period-tags.ts";
import { periodAt } from "./period.ts";
import type { PeriodFigures, PeriodTags } from "./rollup-documents.ts";
import { EXPIRY_MARGIN_MS } from "./rollup-times.ts";
import type { Scan } from "./scan-calls.ts";

const MS_PER_DAY = 86_400_000;
const CALLS_AT_ONCE = 1000;

type Scanned = FigureCall & SettledCall & Pick<CallDocument, "expireAt" | "tags">;

/** What is made of the calls of an hour. */
export interface ScannedHour {
  figures: PeriodFigures;
  /** Of all calls, settled or not: the tags of a call never change. */
  tags: PeriodTags;
}

interface HourFold {
  fold: CellFold;
  tags: TagFold;
  unsettled: string[];
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
    if (typeof call.status === "string" && isSettled(call, settledBefore))
      hour.fold.add(cellOfCall(call, factsOf(call)));
    else hour.unsettled.push(call._id);
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
  return { fold: cellFold(), tags: tagFold(), unsettled: [], expiries: [] };
}

function scanned(
  { fold, tags, unsettled, expiries }: HourFold,
  { keptUntil, now }: { keptUntil: readonly number[]; now: Date },
): ScannedHour {
  const first = [...expiries, ...keptUntil].reduce((a, b) => Math.min(a, b), Infinity);
  const figures = {
    version: CELLS_VERSION,
    cells: fold.text(),
    unsettled,
    asOf: now,
    ...(Number.isFinite(first) && { validUntil: new Date(first - EXPIRY_MARGIN_MS) }),
  };
  return { figures, tags: tags.counted("hour") };
}
