import {
  type CallStats,
  type CallSums,
  countryOf,
  type StatsDimension,
  type StatsGroup,
  type StatsQuery,
} from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { orInParts, scoped } from "../queries/read-scope.ts";
import { QUARTER_MS } from "../rollups/index.ts";
import type { FiguresLimits } from "./figures/read-part.ts";
import { MAX_GROUPS, readKeptStats, readStatsPart } from "./kept-stats.ts";
import { zoneClock, zoneOffsets } from "./zone-clock.ts";

/**
 * Most groups of the database that this code puts together: of numbers, those with the most calls; of quarters of an
 * hour, the latest, which are more than the days of an answer have.
 */
const MAX_PARTS = 50_000;
const PARTS_AT_ONCE = 1000;
const MICRO_PER_CENT = 10_000;

interface RawSums extends Omit<CallSums, "costInUSDCents"> {
  micro: number;
}

interface RawGroup extends RawSums {
  _id: string | number | null;
}

type Calls = Collection<CallDocument>;

// Cents have fractions, which a database adds with an error; whole micro-dollars it adds exactly.
const SUMS = {
  calls: { $sum: 1 },
  attempts: { $sum: "$attemptCount" },
  micro: {
    $sum: { $round: [{ $multiply: ["$callCostInUSDCents", MICRO_PER_CENT] }, 0] },
  },
  pricesPending: { $sum: { $cond: [{ $eq: ["$pricing", "pending"] }, 1, 0] } },
};

const NOTHING: RawSums = { calls: 0, attempts: 0, micro: 0, pricesPending: 0 };

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
  // Servers need not know time zones, whose names differ.
  day({ timeZone }) {
    const offsetAt = zoneOffsets(zoneClock(timeZone));
    const localTime = (ms: number) => new Date(ms + offsetAt(ms)).toISOString();
    return { key: quarter, wholeOf: (part) => localTime(Number(part) * QUARTER_MS).slice(0, 10) };
  },
  status: () => ({ key: "$status" }),
  // Only the whole number tells the country.
  country: () => ({
    key: "$toNumber",
    wholeOf: (part) => countryOf(String(part ?? "")) ?? "",
  }),
  provider: () => ({ key: "$provider" }),
  // A tag that a call has twice counts once.
  tag: () => ({
    before: [
      { $set: { tags: { $setUnion: ["$tags", []] } } },
      { $unwind: { path: "$tags", preserveNullAndEmptyArrays: true } },
    ],
    key: "$tags",
  }),
};

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
    const byDay = dimension === "day";
    const found = calls.aggregate<RawGroup>(
      [
        matching,
        ...before,
        { $group: { _id: { $ifNull: [key, ""] }, ...SUMS } },
        { $sort: byDay ? { _id: -1 } : { calls: -1, _id: 1 } },
        { $limit: wholeOf ? MAX_PARTS : MAX_GROUPS },
      ],
      { ...options, batchSize: PARTS_AT_ONCE },
    );
    const groups = wholeOf ? await wholes(found, wholeOf) : await found.toArray();
    const ordered = groups.map(toGroup).toSorted(byDay ? byKey : byCalls);
    return [dimension, byDay ? ordered.slice(-MAX_GROUPS) : ordered] as const;
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

function byKey({ key: a }: StatsGroup, { key: b }: StatsGroup): number {
  return a < b ? -1 : 1;
}

function byCalls(a: StatsGroup, b: StatsGroup): number {
  return b.calls - a.calls || byKey(a, b);
}

function added(a: RawSums, b: RawSums): RawSums {
  return {
    calls: a.calls + b.calls,
    attempts: a.attempts + b.attempts,
    micro: a.micro + b.micro,
    pricesPending: a.pricesPending + b.pricesPending,
  };
}

function toGroup({ _id, ...sums }: RawGroup): StatsGroup {
  return { key: String(_id ?? ""), ...toSums(sums) };
}

function toSums({ calls, attempts, micro, pricesPending }: RawSums): CallSums {
  return { calls, attempts, costInUSDCents: micro / MICRO_PER_CENT, pricesPending };
}
