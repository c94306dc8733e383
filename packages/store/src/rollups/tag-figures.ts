import {
  cellFold,
  type CellFold,
  type CellNumbers,
  cellOfNumbers,
  type FigureCell,
  type FigureFacts,
  numbersOf,
} from "./figure-cells.ts";
import type { Level } from "./period.ts";
import type { PeriodTagFigures, RollupPageDocument } from "./rollup-documents.ts";
import { areSameCells } from "./same-cells.ts";

/** Longest text of cells; all tags of most projects fit, and a page with all its parts stays small. */
const MAX_TEXT: Readonly<Record<Level, number>> = { hour: 10_000, day: 20_000, month: 40_000 };
/** Most different tags that are summed at once; an import may bring one for every call. */
const MAX_TAGS = 1000;

/** Null for the calls that have none. */
type Tag = string | null;

/** Sums over the calls of a period that have the same facts and, where they are by tag, a tag. */
export interface TaggedCell extends FigureCell {
  /** One, or none for calls without. */
  tags?: readonly string[];
}

/** Figures of tags that grow call by call. */
export interface TagFigureFold {
  /** Count the call of a cell, given its tags. */
  add(tags: readonly string[] | null | undefined, cell: FigureCell): void;
  /** The figures, as they are kept for a period of this level beside those that were made at this time. */
  kept(beside: { level: Level; asOf: Date }): PeriodTagFigures;
}

/** No calls yet. */
export function tagFigureFold(): TagFigureFold {
  const folds = new Map<Tag, CellFold>();
  let hasMore = false;
  return {
    add(tags, cell) {
      for (const tag of tags && tags.length > 0 ? new Set(tags) : [null]) {
        const known = folds.get(tag);
        // A tag is left out from its first call on or not at all, so what is kept is exact.
        if (known === undefined && folds.size >= MAX_TAGS) hasMore = true;
        else addTo(folds, tag, [cell]);
      }
    },
    kept: (beside) => mostFrequent(folds, { ...beside, hasMore }),
  };
}

/** The figures of periods together. A tag stays if each of them tells its figures. */
export function mergedTagFigures(
  parts: readonly PeriodTagFigures[],
  beside: { level: Level; asOf: Date },
): PeriodTagFigures {
  const folds = new Map<Tag, CellFold>();
  for (const [tag, cells] of parts.flatMap(cellsByTag)) addTo(folds, tag, cells);
  const partial = parts.filter(({ hasMore }) => hasMore).map((part) => new Map(cellsByTag(part)));
  const told = [...folds].filter(([tag]) => partial.every((part) => part.has(tag)));
  return mostFrequent(new Map(told), { ...beside, hasMore: partial.length > 0 });
}

/** The figures of tags of a part of a page, while they were made with its figures. */
export function tagFiguresBeside(
  page: RollupPageDocument | undefined,
  part: string,
): PeriodTagFigures | undefined {
  const kept = page?.tagFigures?.[part];
  return kept?.asOf.getTime() === page?.figures?.[part]?.asOf.getTime() ? kept : undefined;
}

/** The cells of the calls with a tag; undefined of one that is not told. */
export function cellsOfTag(kept: PeriodTagFigures, tag: Tag): FigureCell[] | undefined {
  const { facts, tags } = parsed(kept);
  const rows = tags.find(([one]) => one === tag)?.[1];
  return rows?.map((row) => toCell(row, facts)) ?? (kept.hasMore ? undefined : []);
}

/** True if the cells of a tag are told. */
export function tellsTag(kept: PeriodTagFigures, tag: string): boolean {
  return kept.hasMore === undefined || parsed(kept).tags.some(([one]) => one === tag);
}

/** The cells of the tags that are told, and of the calls without one; a call is in those of each of its tags. */
export function taggedCells(kept: PeriodTagFigures): TaggedCell[] {
  return cellsByTag(kept).flatMap(([tag, cells]) =>
    cells.map((cell) => ({ ...cell, tags: tag === null ? [] : [tag] })),
  );
}

/** True if two figures of the same calls tell different cells of a tag. */
export function contradictByTag(one: PeriodTagFigures, other: PeriodTagFigures): boolean {
  return [one, other].flatMap(cellsByTag).some(([tag]) => {
    const [a, b] = [cellsOfTag(one, tag), cellsOfTag(other, tag)];
    return a !== undefined && b !== undefined && !areSameCells(a, b);
  });
}

/** Numbers, beside the place of their facts in the list. */
type Row = [fact: number, ...CellNumbers];

interface Text {
  /** Tags share most of their facts, which are written once. */
  facts: FigureFacts[];
  tags: [tag: Tag, cells: Row[]][];
}

function parsed({ cells }: PeriodTagFigures): Text {
  return JSON.parse(cells) as Text;
}

function cellsByTag(kept: PeriodTagFigures): [tag: Tag, cells: FigureCell[]][] {
  const { facts, tags } = parsed(kept);
  return tags.map(([tag, rows]) => [tag, rows.map((row) => toCell(row, facts))]);
}

function toCell([place, ...numbers]: Row, facts: readonly FigureFacts[]): FigureCell {
  return cellOfNumbers({ ...facts[place]!, quarter: 0 }, numbers);
}

// Quarters of an hour are not told apart: the text would be four times as long.
function addTo(folds: Map<Tag, CellFold>, tag: Tag, cells: readonly FigureCell[]): void {
  const fold = folds.get(tag) ?? cellFold();
  folds.set(tag, fold);
  for (const cell of cells) fold.add({ ...cell, quarter: 0 });
}

/** The most frequent ones, as many as the text may have. */
function mostFrequent(
  folds: ReadonlyMap<Tag, CellFold>,
  { level, asOf, hasMore }: { level: Level; asOf: Date; hasMore: boolean },
): PeriodTagFigures {
  let places: ReadonlyMap<string, number> = new Map();
  const told: string[] = [];
  for (const [tag, cells] of byCalls(folds)) {
    const known = new Map(places);
    const rows = cells.map((cell): Row => {
      const { quarter: _quarter, sums: _sums, cost: _cost, ...facts } = cell;
      return [placeIn(known, JSON.stringify(facts)), ...numbersOf(cell)];
    });
    const text = JSON.stringify([tag, rows]);
    if (lengthOf([...known.keys(), ...told, text]) > MAX_TEXT[level]) break;
    places = known;
    told.push(text);
  }
  return {
    asOf,
    cells: `{"facts":[${[...places.keys()].join()}],"tags":[${told.join()}]}`,
    ...((hasMore || told.length < folds.size) && { hasMore: true }),
  };
}

function byCalls(folds: ReadonlyMap<Tag, CellFold>): (readonly [Tag, FigureCell[]])[] {
  const all = [...folds].map(([tag, fold]) => {
    const cells = fold.cells();
    return { tag, cells, calls: cells.reduce((sum, { sums }) => sum + sums.calls, 0) };
  });
  return all
    .toSorted((a, b) => b.calls - a.calls || (String(a.tag) < String(b.tag) ? -1 : 1))
    .map(({ tag, cells }) => [tag, cells]);
}

function placeIn(places: Map<string, number>, text: string): number {
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  return place;
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + ",".length, 0);
}
