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
import type { FiguresLimits } from "./figures/read-part.ts";
import { MAX_GROUPS, readKeptStats, readStatsPart } from "./kept-stats.ts";

/**
 * Only the whole number tells the country, so the database groups by number and this code by country; numbers with the fewest calls are left out.
 */
const MAX_NUMBERS = 50_000;
const NUMBERS_AT_ONCE = 1000;
const MICRO_PER_CENT = 10_000;

interface RawSums extends Omit<CallSums, "costInUSDCents"> {
  micro: number;
}

interface RawGroup extends RawSums {
  _id: string | null;
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

/** How a dimension groups: the stages before, and the key of the group. */
const GROUPINGS: Readonly<
  Record<StatsDimension, (query: StatsQuery) => { before?: Document[]; key: unknown }>
> = {
  day: ({ timeZone: timezone }) => ({
    key: { $dateToString: { date: "$createdAt", format: "%Y-%m-%d", timezone } },
  }),
  status: () => ({ key: "$status" }),
  country: () => ({ key: "$toNumber" }),
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
  const readPart = () => readStatsPart(calls, request, limits);
  if (request.cursor !== undefined) return readPart();
  return orInParts(request.inParts, () => sumAll(calls, request, limits), readPart);
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
    const { before = [], key } = GROUPINGS[dimension](request);
    const byCalls = dimension !== "day";
    const found = calls.aggregate<RawGroup>(
      [
        matching,
        ...before,
        { $group: { _id: { $ifNull: [key, ""] }, ...SUMS } },
        { $sort: byCalls ? { calls: -1, _id: 1 } : { _id: -1 } },
        { $limit: dimension === "country" ? MAX_NUMBERS : MAX_GROUPS },
      ],
      { ...options, batchSize: NUMBERS_AT_ONCE },
    );
    if (dimension === "country") return [dimension, await byCountry(found)] as const;
    const groups = (await found.toArray()).map(toGroup);
    return [dimension, byCalls ? groups : groups.toReversed()] as const;
  };
  const [total, ...groups] = await Promise.all([
    kept?.total ?? totalOf(),
    ...request.by.map(groupsOf),
  ]);
  return { total, groups: Object.fromEntries(groups) };
}

async function byCountry(numbers: AsyncIterable<RawGroup>): Promise<StatsGroup[]> {
  const countries = new Map<string, RawSums>();
  for await (const group of numbers) {
    const country = countryOf(group._id ?? "") ?? "";
    countries.set(country, added(countries.get(country) ?? NOTHING, group));
  }
  return [...countries]
    .toSorted(([a, { calls: more }], [b, { calls }]) => calls - more || (a < b ? -1 : 1))
    .map(([_id, sums]) => toGroup({ _id, ...sums }));
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
  return { key: _id ?? "", ...toSums(sums) };
}

function toSums({ calls, attempts, micro, pricesPending }: RawSums): CallSums {
  return { calls, attempts, costInUSDCents: micro / MICRO_PER_CENT, pricesPending };
}
