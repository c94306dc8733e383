import { isFinalStatus } from "@call-log/model";

import { cellFold, CELLS_VERSION, parseCells } from "./figure-cells.ts";
import { MAX_OPEN } from "./period-sum.ts";
import type { Level } from "./period.ts";
import type { PeriodFigures } from "./rollup-documents.ts";

/** Longest text of cells, so that a page with all its parts stays far below what a document may have. */
const MAX_TEXT: Readonly<Record<Level, number>> = { hour: 25_000, day: 50_000, month: 75_000 };

/** True for figures that this version can read, until the first of their calls may have been deleted. */
export function areUsable(figures: PeriodFigures | undefined, now: Date): figures is PeriodFigures {
  if (figures?.version !== CELLS_VERSION) return false;
  return figures.validUntil === undefined || figures.validUntil > now;
}

/** True for figures that are small enough to be kept for a period of this level. */
export function areKeepable({ cells, unsettled }: PeriodFigures, level: Level): boolean {
  return cells.length <= MAX_TEXT[level] && unsettled.length <= MAX_OPEN[level];
}

/** The figures of periods together, as they are made at a time. */
export function mergedPeriods(parts: readonly PeriodFigures[], asOf: Date): PeriodFigures {
  const fold = cellFold();
  for (const cell of parts.flatMap(({ cells }) => parseCells(cells)))
    fold.add({ ...cell, quarter: 0 });
  const untils = parts.flatMap(({ validUntil }) => validUntil?.getTime() ?? []);
  return {
    version: CELLS_VERSION,
    cells: fold.text(),
    unsettled: parts.flatMap(({ unsettled }) => unsettled),
    asOf,
    ...(untils.length > 0 && { validUntil: new Date(Math.min(...untils)) }),
  };
}

/** True for figures that count open calls as they were; see `scanFigures`. */
export function countsOpen(figures: PeriodFigures | undefined): boolean {
  return parseCells(figures?.cells ?? "[]").some(({ status }) => !isFinalStatus(status));
}

/** A call, as it is told whether its figures may still change. */
export interface SettledCall {
  status: string;
  wakeAt?: Date;
  updatedAt: Date;
  revision: number;
}

/** True for a call that has ended, awaits nothing and was last changed before a time. */
export function isSettled(call: SettledCall, before: Date): boolean {
  if (!isFinalStatus(call.status) || (call.wakeAt ?? null) !== null) return false;
  return isUnchangedSince(call, before);
}

/** True for a call, settled or not, that was last changed before a time; what changes it later is followed. */
export function isUnchangedSince({ revision, updatedAt }: SettledCall, time: Date): boolean {
  return revision === 0 || updatedAt < time;
}
