import {
  addSums,
  type CountedCall,
  countryOf,
  type FigureSums,
  groupOfStatus,
  mergedSums,
  noSums,
  sumsOfCall,
} from "@call-log/model";

import { joinedSpan, type Span } from "./span.ts";

/** What kept figures can be asked by. */
export interface FigureFacts {
  status: string;
  provider: string | null;
  /** Of toNumber; empty where it is not known. */
  country: string;
  /** Those that the attempts have, each once, in their order as texts. */
  outcomes: readonly string[];
  answeredBy: string | null;
  attemptCount: number | null;
  /** Those that it has, in their order. */
  times: readonly GivenTime[];
}

/** Times that most calls have none of; figures tell whether a call has one, not which. */
const GIVEN_TIMES = ["acknowledgedAt", "scheduledAt", "deadlineAt"] as const;
export type GivenTime = (typeof GIVEN_TIMES)[number];

/** What is known of each call of a cell. */
export interface CellFacts extends FigureFacts {
  /** What they cost, each in US cents: too many different values to have a cell for each. */
  cost: Span;
}

/** Sums over the calls of a period that have the same facts. */
export interface FigureCell extends CellFacts {
  /** Quarter of an hour from 0 to 3; 0 for periods that are longer than an hour. */
  quarter: number;
  sums: FigureSums;
}

/** A call, as figures are made of it. */
export interface FigureCall extends CountedCall, Partial<Record<GivenTime, Date | null>> {
  _id: string;
  createdAt: Date;
  toNumber: string;
  provider?: string | null;
  answeredBy?: string | null;
}

/** Raised when the text of cells changes, so that older ones are made again. */
export const CELLS_VERSION = 4;

/** Fields that the facts and the sums of a call need. */
export const FIGURE_FIELDS = [
  "createdAt",
  "status",
  "provider",
  "answeredBy",
  "toNumber",
  "attemptCount",
  "callCostInUSDCents",
  "pricing",
  "attempts.outcome",
  "attempts.claimedAt",
  "attempts.submittedAt",
  "attempts.answeredAt",
  "attempts.durationSeconds",
  ...GIVEN_TIMES,
] as const;

/** Reads the facts of calls; it remembers the countries of numbers, whose plans cost more than all else. */
export function factsReader(): (call: FigureCall) => FigureFacts {
  const countries = new Map<string, string>();
  return (call) => {
    const { status, provider, answeredBy, toNumber, attempts, attemptCount } = call;
    const country = countries.get(toNumber) ?? countryOf(toNumber) ?? "";
    countries.set(toNumber, country);
    const outcomes = new Set((attempts ?? []).flatMap(({ outcome }) => outcome ?? []));
    return {
      status,
      provider: provider ?? null,
      country,
      outcomes: [...outcomes].toSorted(),
      answeredBy: answeredBy ?? null,
      attemptCount: attemptCount ?? null,
      times: GIVEN_TIMES.filter((name) => (call[name] ?? null) !== null),
    };
  };
}

/** Cells that grow call by call, or cell by cell. */
export interface CellFold {
  add(cell: FigureCell): void;
  cells(): FigureCell[];
  /** The cells as text. */
  text(): string;
}

/** No cells yet. */
export function cellFold(): CellFold {
  const cells = new Map<string, FigureCell>();
  return {
    add(cell) {
      const key = JSON.stringify([cell.quarter, ...factsRow(cell)]);
      const known = cells.get(key);
      if (known === undefined) cells.set(key, { ...cell, sums: mergedSums(cell.sums, noSums()) });
      else {
        addSums(known.sums, cell.sums);
        known.cost = joinedSpan(known.cost, cell.cost);
      }
    },
    cells: () => [...cells.values()],
    text: () => JSON.stringify([...cells.values()].map(toRow)),
  };
}

/** The cell of one call. */
export function cellOfCall(call: FigureCall, facts: FigureFacts): FigureCell {
  const quarter = Math.floor(call.createdAt.getTime() / QUARTER_MS) % QUARTERS;
  const { callCostInUSDCents: cents } = call;
  return { ...facts, quarter, cost: { least: cents, most: cents }, sums: sumsOfCall(call) };
}

/** Cells from their text. */
export function parseCells(text: string): FigureCell[] {
  return (JSON.parse(text) as Row[]).map(fromRow);
}

/** Length of the shortest period that cells tell apart, in milliseconds. */
export const QUARTER_MS = 900_000;
const QUARTERS = 4;

/** What a cell has beside its facts, as it is written. */
export type CellNumbers = [
  calls: number,
  attempts: number,
  talkMs: number,
  costInMicroUSD: number,
  pricesPending: number,
  answerTimes: FigureSums["answerTimes"],
  leastCost: number,
  mostCost: number,
];

/** The numbers of a cell. */
export function numbersOf({ sums, cost }: FigureCell): CellNumbers {
  const { calls, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes } = sums;
  const { least, most } = cost;
  return [calls, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes, least, most];
}

/** The cell of calls with these facts, from what is written of them. */
export function cellOfNumbers(
  facts: FigureFacts & { quarter: number },
  numbers: CellNumbers,
): FigureCell {
  const [calls, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes, least, most] =
    numbers;
  const statuses = { [groupOfStatus(facts.status)]: calls };
  const sums = { calls, statuses, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes };
  return { ...facts, cost: { least, most }, sums };
}

type FactsRow = [
  status: string,
  provider: string | null,
  country: string,
  outcomes: readonly string[],
  answeredBy: string | null,
  attemptCount: number | null,
  times: readonly number[],
];

type Row = [quarter: number, facts: FactsRow, ...numbers: CellNumbers];

function factsRow(facts: FigureFacts): FactsRow {
  const { status, provider, country, outcomes, answeredBy, attemptCount } = facts;
  const times = facts.times.map((name) => GIVEN_TIMES.indexOf(name));
  return [status, provider, country, outcomes, answeredBy, attemptCount, times];
}

function toRow(cell: FigureCell): Row {
  return [cell.quarter, factsRow(cell), ...numbersOf(cell)];
}

function fromRow([quarter, row, ...numbers]: Row): FigureCell {
  const [status, provider, country, outcomes, answeredBy, attemptCount, places] = row;
  const times = places.flatMap((place) => GIVEN_TIMES[place] ?? []);
  const facts = { status, provider, country, outcomes, answeredBy, attemptCount, times };
  return cellOfNumbers({ quarter, ...facts }, numbers);
}
