import {
  answerSeconds,
  CALL_STATUS_GROUPS,
  type CallFigures,
  type CallStatusGroup,
  countOfSpread,
  type FigureDimension,
  type FigureGroup,
  type FiguresQuery,
  mergedFigures,
  reachRate,
  usdOf,
  zonedText,
} from "@call-log/model";
import type { CallReader } from "@call-log/store";
import { stringify } from "csv-stringify/sync";

import { guardedCell } from "./csv-guard.ts";
import { CSV_ROWS } from "./csv-rows.ts";

type Question = { projectId: string } & FiguresQuery;

/** Figures of all calls of a question, answer by answer; those up to there when the signal is given. */
export async function wholeFigures(
  reader: Pick<CallReader, "figures">,
  question: Question,
  signal: AbortSignal,
): Promise<CallFigures> {
  let figures = await reader.figures(question);
  while (figures.nextCursor !== undefined && !signal.aborted) {
    const older = await reader.figures({ ...question, cursor: figures.nextCursor });
    figures = mergedFigures(figures, older);
  }
  return figures;
}

const countries = new Intl.DisplayNames("en", { type: "region" });

/** Groups whose key is text of somebody else; the others are days, hours and codes of ours. */
const FOREIGN: ReadonlySet<FigureDimension> = new Set(["provider", "status", "person"]);

const GROUPS = Object.keys(CALL_STATUS_GROUPS) as CallStatusGroup[];

/**
 * Figures by one dimension as CSV: a heading and one row a group, each with the range and the zone. Rates are from 0 to
 * 1, times in seconds, money in US dollars. No cell is a formula to a spreadsheet.
 */
export function figuresCsv(
  by: FigureDimension,
  figures: CallFigures,
  question: Pick<Question, "from" | "to" | "timeZone">,
): string {
  const {
    from = figures.from === null ? undefined : new Date(figures.from),
    to,
    timeZone,
  } = question;
  const textOf = (moment: Date | undefined) => (moment ? zonedText(moment, timeZone) : "");
  const range = { from: textOf(from), to: textOf(to), timeZone };
  const rows = (figures.groups[by] ?? []).map((group) => ({ ...rowOf(by, group), ...range }));
  const columns = Object.keys({ ...rowOf(by, { key: "", ...figures.total }), ...range });
  return stringify(rows, { header: true, columns, ...CSV_ROWS });
}

function rowOf(by: FigureDimension, group: FigureGroup): Record<string, string | number> {
  const rate = reachRate(group);
  const seconds = (share: number) => answerSeconds(group, share)?.toFixed(1) ?? "";
  return {
    [by]: FOREIGN.has(by) && group.key !== "" ? guardedCell(group.key) : group.key,
    name: nameOf(by, group),
    calls: group.calls,
    ...Object.fromEntries(GROUPS.map((name) => [name, group.statuses[name] ?? 0])),
    reachRate: rate === undefined ? "" : rate.toFixed(4),
    answersTimed: countOfSpread(group.answerTimes),
    medianSecondsToAnswer: seconds(0.5),
    p90SecondsToAnswer: seconds(0.9),
    attempts: group.attempts,
    talkMinutes: (group.talkMs / 60_000).toFixed(2),
    costUSD: usdOf(group.costInMicroUSD),
    pricesPending: group.pricesPending,
  };
}

function nameOf(by: FigureDimension, { key, name }: FigureGroup): string {
  if (by === "country" && key !== "") return countries.of(key) ?? "";
  return name === undefined ? "" : guardedCell(name);
}
