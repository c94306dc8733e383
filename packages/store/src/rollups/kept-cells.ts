import type { Filter } from "@call-log/model";

import type { FigureLog, KeptFigures, OpenFigureLog } from "./figure-log.ts";
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
  /** Kept figures; without them, all calls are read one by one. */
  openLog?: OpenFigureLog;
}

/** Kept figures for a question; undefined where there are none, and for a question that they do not answer. */
export async function keptFor(
  { projectId, query }: Question,
  { openLog }: KeptDeps,
): Promise<Kept | undefined> {
  const asked = figureQuery(query);
  if (asked === undefined) return undefined;
  const { tag } = asked;
  if (tag === undefined) {
    const log = await openLog?.(projectId);
    return log && { log, asked, cellsOf: ({ cells }) => cells() };
  }
  const log = await openLog?.(projectId, (tags) => tags !== undefined && tellsTag(tags, tag));
  return log && { log, asked, cellsOf: ({ tags }) => (tags && cellsOfTag(tags, tag)) ?? [] };
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
  const log = await openLog?.(projectId, (tags) => tags !== undefined && tags.hasMore !== true);
  return log && { log, asked, cellsOf: ({ tags }) => (tags ? taggedCells(tags) : []) };
}
