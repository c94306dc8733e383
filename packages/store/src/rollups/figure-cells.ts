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

/** What kept figures can be asked by. */
export interface FigureFacts {
  status: string;
  provider: string | null;
  /** Of toNumber; empty where it is not known. */
  country: string;
  /** Those that the attempts have, each once, in their order as texts. */
  outcomes: readonly string[];
  answeredBy: string | null;
}

/** Sums over the calls of a period that have the same facts. */
export interface FigureCell extends FigureFacts {
  /** Quarter of an hour from 0 to 3; 0 for periods that are longer than an hour. */
  quarter: number;
  sums: FigureSums;
}

/** A call, as figures are made of it. */
export interface FigureCall extends CountedCall {
  _id: string;
  createdAt: Date;
  toNumber: string;
  provider?: string | null;
  answeredBy?: string | null;
}

/** Raised when the text of cells changes, so that older ones are made again. */
export const CELLS_VERSION = 3;

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
] as const;

/** Reads the facts of calls; it remembers the countries of numbers, whose plans cost more than all else. */
export function factsReader(): (call: FigureCall) => FigureFacts {
  const countries = new Map<string, string>();
  return ({ status, provider, answeredBy, toNumber, attempts }) => {
    const country = countries.get(toNumber) ?? countryOf(toNumber) ?? "";
    countries.set(toNumber, country);
    const outcomes = new Set((attempts ?? []).flatMap(({ outcome }) => outcome ?? []));
    return {
      status,
      provider: provider ?? null,
      country,
      outcomes: [...outcomes].toSorted(),
      answeredBy: answeredBy ?? null,
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
      const { quarter, status, provider, country, outcomes, answeredBy } = cell;
      const key = JSON.stringify([quarter, status, provider, country, outcomes, answeredBy]);
      const known = cells.get(key);
      if (known === undefined) cells.set(key, { ...cell, sums: mergedSums(cell.sums, noSums()) });
      else addSums(known.sums, cell.sums);
    },
    cells: () => [...cells.values()],
    text: () => JSON.stringify([...cells.values()].map(toRow)),
  };
}

/** The cell of one call. */
export function cellOfCall(call: FigureCall, facts: FigureFacts): FigureCell {
  const quarter = Math.floor(call.createdAt.getTime() / QUARTER_MS) % QUARTERS;
  return { ...facts, quarter, sums: sumsOfCall(call) };
}

/** Cells from their text. */
export function parseCells(text: string): FigureCell[] {
  return (JSON.parse(text) as Row[]).map(fromRow);
}

/** Length of the shortest period that cells tell apart, in milliseconds. */
export const QUARTER_MS = 900_000;
const QUARTERS = 4;

/** Sums of one status, as they are written. */
export type SumNumbers = [
  calls: number,
  attempts: number,
  talkMs: number,
  costInMicroUSD: number,
  pricesPending: number,
  answerTimes: FigureSums["answerTimes"],
];

/** Sums as they are written. */
export function numbersOf(sums: FigureSums): SumNumbers {
  const { calls, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes } = sums;
  return [calls, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes];
}

/** Sums from what is written of calls with this status. */
export function sumsOfNumbers(status: string, numbers: SumNumbers): FigureSums {
  const [calls, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes] = numbers;
  const statuses = { [groupOfStatus(status)]: calls };
  return { calls, statuses, attempts, talkMs, costInMicroUSD, pricesPending, answerTimes };
}

type Row = [
  quarter: number,
  status: string,
  provider: string | null,
  country: string,
  outcomes: readonly string[],
  answeredBy: string | null,
  ...numbers: SumNumbers,
];

function toRow({ quarter, sums, ...facts }: FigureCell): Row {
  const { status, provider, country, outcomes, answeredBy } = facts;
  return [quarter, status, provider, country, outcomes, answeredBy, ...numbersOf(sums)];
}

function fromRow(row: Row): FigureCell {
  const [quarter, status, provider, country, outcomes, answeredBy, ...numbers] = row;
  const sums = sumsOfNumbers(status, numbers);
  return { quarter, status, provider, country, outcomes, answeredBy, sums };
}
