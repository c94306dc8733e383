import type { Filter } from "@call-log/model";

import type { FigureLog, FigureTest, KeptFigures, OpenFigureLog } from "./figure-log.ts";
import { type FigureQuery, figureQuery } from "./figure-query.ts";
import { cellsOfTag, type TaggedCell, taggedCells, tellsTag } from "./tag-figures.ts";

/** Kept figures, and what is asked of them. */
export interface Kept {
  log: FigureLog;
  asked: FigureQuery;
  /** What is added of a piece of the log, before it is looked at what is asked for. */
  cellsOf: (figures: KeptFigures) => readonly TaggedCell[];
}

interface Question {
  projectId: string;
  query: Filter;
}

interface KeptDeps {
  /** For who looks at the calls itself: also figures that do not say of each call whether it matches. */
  isForLooking?: boolean;
  /** Kept figures; without them, all calls are read one by one. */
  openLog?: OpenFigureLog;
}

/** Kept figures for a question; undefined where there are none, and for a question that they do not answer. */
export async function keptFor(
  { projectId, query }: Question,
  { openLog, isForLooking = false }: KeptDeps,
): Promise<Kept | undefined> {
  const asked = figureQuery(query);
  if (asked === undefined) return undefined;
  const { tag } = asked;
  const cellsOf: Kept["cellsOf"] =
    tag === undefined
      ? ({ cells }) => cells()
      : ({ tags }) => (tags && cellsOfTag(tags, tag)) ?? [];
  const log = await openLog?.(projectId, {
    ...(tag !== undefined && { tellsTags: (tags) => tags !== undefined && tellsTag(tags, tag) }),
    ...(!isForLooking && deciding(asked, cellsOf)),
  });
  return log && { log, asked, cellsOf };
}

function deciding(
  { wants, isVague }: FigureQuery,
  cellsOf: Kept["cellsOf"],
): Pick<FigureTest, "decides"> {
  if (!isVague) return {};
  return { decides: (figures) => cellsOf(figures).every((cell) => wants(cell) !== undefined) };
}

/**
 * Kept figures for a question by tag; undefined as above, and for calls that all have a tag: how many of them have
 * another one, too, is not kept. A call is in the cells of each of its tags.
 */
export async function keptByTag(
  { projectId, query }: Question,
  { openLog }: KeptDeps,
): Promise<Kept | undefined> {
  const asked = figureQuery(query);
  if (asked === undefined || asked.tag !== undefined) return undefined;
  const cellsOf: Kept["cellsOf"] = ({ tags }) => (tags ? taggedCells(tags) : []);
  const log = await openLog?.(projectId, {
    tellsTags: (tags) => tags !== undefined && tags.hasMore !== true,
    ...deciding(asked, cellsOf),
  });
  return log && { log, asked, cellsOf };
}
