import {
  type CallStats,
  type CallSums,
  countryOf,
  isOfTime,
  orderedStats,
  type StatsDimension,
  type StatsGroup,
  type StatsQuery,
} from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { orInParts, scoped } from "../queries/read-scope.ts";
import { QUARTER_MS } from "../rollups/index.ts";
import { clockKeys } from "./figures/figure-keys.ts";
import type { FiguresLimits } from "./figures/read-part.ts";
import { MAX_GROUPS, readKeptStats, readStatsPart } from "./kept-stats.ts";

/**
 * Most groups of the database that this code puts together: of numbers, those with the most calls; of quarters of an
 * hour, the latest, which are more than the days of an answer have.
 */
const MAX_PARTS = 50_000;
const PARTS_AT_ONCE = 1000;
const MICRO_PER_CENT = 10_000;
const MS_PER_SECOND = 1000;

interface RawSums extends Omit<CallSums, "costInUSDCents" | "talkSeconds"> {
  micro: number;
  talkMs: number;
}

interface RawGroup extends RawSums {
  _id: string | number | null;
}

type Calls = Collection<CallDocument>;

// Cents and seconds have fractions, which a database adds with an error; whole micro-dollars and milliseconds it adds exactly.
const SUMS = {
  calls: { $sum: 1 },
  attempts: { $sum: "$attemptCount" },
  talkMs: {
    $sum: { $round: [{ $multiply: [{ $sum: "$attempts.durationSeconds" }, MS_PER_SECOND] }, 0] },
  },
  micro: {
    $sum: { $round: [{ $multiply: ["$callCostInUSDCents", MICRO_PER_CENT] }, 0] },
  },
  pricesPending: { $sum: { $cond: [{ $eq: ["$pricing", "pending"] }, 1, 0] } },
};

const NOTHING: RawSums = { calls: 0, attempts: 0, talkMs: 0, micro: 0, pricesPending: 0 };

/** How a dimension groups. */
interface Grouping {
  /** Stages before. */
  before?: Document[];
  /** Key of a group in the database. */
  key: unknown;
  /** Key of the group that one of the database is a part of; absent where they are the same. */
  wholeOf?: (part: RawGroup["_id"]) => string;
}

const quarter = {
  $floor: { $divide: [{ $subtract: ["$createdAt", new Date(0)] }, QUARTER_MS] },
};

const GROUPINGS: Readonly<Record<StatsDimension, (query: StatsQuery) => Grouping>> = {
  day: ofTime("day"),
  hour: ofTime("hour"),
  status: () => ({ key: "$status" }),
  // Only the whole number tells the country.
  country: () => ({
    key: "$toNumber",
    wholeOf: (part) => countryOf(String(part ?? "")) ?? "",
  }),
  provider: () => ({ key: "$provider" }),
  outcome: eachOnce("$attempts.outcome"),
  answeredBy: () => ({ key: "$answeredBy" }),
  tag: eachOnce("$tags"),
};

// Servers need not know time zones, whose names differ.
function ofTime(unit: "day" | "hour"): (query: StatsQuery) => Grouping {
  return ({ timeZone }) => {
    const keyAt = clockKeys(timeZone)[unit];
    return { key: quarter, wholeOf: (part) => keyAt(Number(part) * QUARTER_MS) };
  };
}

// A value that a call has twice counts once.
function eachOnce(list: string): () => Grouping {
  return () => ({
    before: [
      { $set: { values: { $setUnion: [list, []] } } },
      { $unwind: { path: "$values", preserveNullAndEmptyArrays: true } },
    ],
    key: "$values",
  });
}

type StatsRequest = { projectId: string } & StatsQuery;

/** Sums over the calls of a project. What takes too long is answered in parts, if so asked. */
export async function readStats(
  calls: Calls,
  request: StatsRequest,
  limits: FiguresLimits,
): Promise<CallStats> {
  if (request.cursor !== undefined) return readStatsPart(calls, request, limits);
  const maxTimeMS = request.inParts === true ? limits.sliceMs : limits.maxTimeMS;
  return orInParts(
    request.inParts,
    () => sumAll(calls, request, { ...limits, maxTimeMS }),
    () => readStatsPart(calls, request, { ...limits, isSlow: true }),
  );
}

/**
 * From kept figures where they answer the question, else by one aggregation for the total and one for each dimension,
 * all at once.
 */
async function sumAll(
  calls: Calls,
  request: StatsRequest,
  limits: FiguresLimits,
): Promise<CallStats> {
  const kept = await readKeptStats(calls, request, limits);
  const options = { maxTimeMS: limits.maxTimeMS };
  const matching = { $match: scoped(request.projectId, request.query) };
  const totalOf = async () => {
    const pipeline = [matching, { $group: { _id: null, ...SUMS } }];
    const [total] = await calls.aggregate<RawGroup>(pipeline, options).toArray();
    return toSums(total ?? NOTHING);
  };
  const groupsOf = async (dimension: StatsDimension) => {
    const known = kept?.groups[dimension];
    if (known !== undefined) return [dimension, known] as const;
    const { before = [], key, wholeOf } = GROUPINGS[dimension](request);
    const isInOrder = isOfTime(dimension);
    const found = calls.aggregate<RawGroup>(
      [
        matching,
        ...before,
        { $group: { _id: { $ifNull: [key, ""] }, ...SUMS } },
        { $sort: isInOrder ? { _id: -1 } : { calls: -1, _id: 1 } },
        { $limit: wholeOf ? MAX_PARTS : MAX_GROUPS },
      ],
      { ...options, batchSize: PARTS_AT_ONCE },
    );
    const groups = wholeOf ? await wholes(found, wholeOf) : await found.toArray();
    const ordered = orderedStats(dimension, groups.map(toGroup));
    return [dimension, isInOrder ? ordered.slice(-MAX_GROUPS) : ordered] as const;
  };
  const [total, ...groups] = await Promise.all([
    kept?.total ?? totalOf(),
    ...request.by.map(groupsOf),
  ]);
  return { total, groups: Object.fromEntries(groups) };
}

async function wholes(
  parts: AsyncIterable<RawGroup>,
  wholeOf: (part: RawGroup["_id"]) => string,
): Promise<RawGroup[]> {
  const sums = new Map<string, RawSums>();
  for await (const part of parts) {
    const whole = wholeOf(part._id);
    sums.set(whole, added(sums.get(whole) ?? NOTHING, part));
  }
  return [...sums].map(([_id, sum]) => ({ _id, ...sum }));
}

function added(a: RawSums, b: RawSums): RawSums {
  return {
    calls: a.calls + b.calls,
    attempts: a.attempts + b.attempts,
    talkMs: a.talkMs + b.talkMs,
    micro: a.micro + b.micro,
    pricesPending: a.pricesPending + b.pricesPending,
  };
}

function toGroup({ _id, ...sums }: RawGroup): StatsGroup {
  return { key: String(_id ?? ""), ...toSums(sums) };
}

function toSums({ calls, attempts, talkMs, micro, pricesPending }: RawSums): CallSums {
  const talkSeconds = talkMs / MS_PER_SECOND;
  return { calls, attempts, talkSeconds, costInUSDCents: micro / MICRO_PER_CENT, pricesPending };
}
