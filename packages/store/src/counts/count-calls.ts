import type { Filter } from "@call-log/model";
import type { Collection, CountDocumentsOptions, Document } from "mongodb";

import type { CallDocument, Collections, PeriodSum } from "../collections.ts";
import { scoped } from "../read-scope.ts";
import { type Cover, coverRange, type Pages } from "./cover.ts";
import { createdIn } from "./created-in.ts";
import { endedWith } from "./period-sum.ts";
import { NAMED_TIMES, overlap, parentOf, periodAt, ROOT, type TimeRange } from "./period.ts";
import { sealedBefore } from "./seal-time.ts";
import { createSumPages } from "./sum-pages.ts";
import { type Summable, summable } from "./summable.ts";

/** Counts calls exactly. */
export type CountCalls = (request: { projectId: string; query: Filter }) => Promise<number>;

/** What calls are counted in and by. */
export interface CountCallsDeps {
  collections: Pick<Collections, "callLogs" | "periodSums">;
  now: () => Date;
  /** Longest time that the database may spend on one query, in milliseconds. */
  timeLimitMs: number;
}

/** How often pages are looked for that were found to be missing; what is missing then is counted. */
const LOOKS = 3;
/** Most pages that one look fetches beside those of the limits. */
const MOST_MISSING = 12;
/** Most projects whose last pages are remembered. */
const MOST_REMEMBERED = 1000;

/** Counting by sums over closed periods where the filter allows it, and call by call else. */
export function createCountCalls({ collections, now, timeLimitMs }: CountCallsDeps): CountCalls {
  const options = { maxTimeMS: timeLimitMs };
  const { callLogs } = collections;
  const pages = createSumPages(collections.periodSums, { maxTimeMS: timeLimitMs });
  // Which pages the last count had to ask for later, so that the next one asks at once; nothing depends on it.
  const remembered = new Map<string, readonly string[]>();
  const countPlainly = (filter: Document) =>
    (callLogs as unknown as Collection<Document>).countDocuments(filter, options);

  async function coverOf(projectId: string, range: TimeRange): Promise<Cover> {
    const first = new Set([...likelyPages(range, now()), ...(remembered.get(projectId) ?? [])]);
    const found: Pages = await pages.read(projectId, [...first]);
    let known = found;
    let cover = coverRange(range, known, now());
    const later: string[] = [];
    for (let look = 1; look < LOOKS && cover.missing.length > 0; look += 1) {
      const wanted = cover.missing.slice(0, MOST_MISSING);
      later.push(...wanted);
      known = new Map([...known, ...(await pages.read(projectId, wanted))]);
      cover = coverRange(range, known, now());
    }
    if (later.length > 0) {
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(projectId, later.slice(0, MOST_MISSING));
    }
    return cover;
  }

  return async ({ projectId, query }) => {
    const asked = summable(query);
    if (asked === undefined) return countPlainly(scoped(projectId, query));
    const { sums, gaps } = await coverOf(projectId, asked.range);
    const counts = await Promise.all([
      sumOf(callLogs, sums, { asked, options }),
      ...gaps.map((gap) =>
        countPlainly({ $and: [scoped(projectId, asked.onStatus), createdIn(gap)] }),
      ),
    ]);
    return counts.reduce((all, count) => all + count, 0);
  };
}

/** Pages of the limits of a range, and of where the log was probably summed until. */
function likelyPages({ from, to }: TimeRange, now: Date): Set<string> {
  const edge = sealedBefore(now) - 1;
  const { from: first, to: last } = overlap(NAMED_TIMES, { from, to: Math.min(to, edge) });
  const days = [from, last].filter((time) => first <= time && time <= edge);
  const names = days.map((time) => periodAt("day", time));
  return new Set([ROOT, ...names, ...names.map(parentOf)]);
}

async function sumOf(
  callLogs: Collection<CallDocument>,
  sums: readonly PeriodSum[],
  { asked: { statuses }, options }: { asked: Summable; options: CountDocumentsOptions },
): Promise<number> {
  if (statuses === undefined) return sums.reduce((all, { total }) => all + total, 0);
  const ended = sums.reduce((all, sum) => all + endedWith(sum, statuses), 0);
  const open = sums.flatMap((sum) => sum.open);
  if (open.length === 0) return ended;
  const found = await callLogs
    .aggregate<{ _id: string; count: number }>(
      [{ $match: { _id: { $in: open } } }, { $group: { _id: "$status", count: { $sum: 1 } } }],
      options,
    )
    .toArray();
  return found.reduce((all, { _id, count }) => all + (statuses(_id) ? count : 0), ended);
}
