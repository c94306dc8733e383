import { randomUUID } from "node:crypto";

import type { AnyBulkWriteOperation, Collection, UpdateFilter } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import { levelOf, NAMED_TIMES, parentOf, periodAt, ROOT } from "./period.ts";
import type {
  PeriodFigures,
  PeriodSum,
  PeriodTagFigures,
  PeriodTags,
  RollupPageDocument,
  Writing,
} from "./rollup-documents.ts";

/** One write to a page. */
export interface PageChange {
  /** True to make concurrent writes fail that started from the page as it was. @defaultValue false */
  isRenewed?: boolean;
  sums?: Readonly<Record<string, PeriodSum>>;
  /** Parts to check later; undefined when nothing is left to do for a part. */
  blocked?: Readonly<Record<string, Date | undefined>>;
  figures?: Readonly<Record<string, PeriodFigures>>;
  tags?: Readonly<Record<string, PeriodTags | undefined>>;
  tagFigures?: Readonly<Record<string, PeriodTagFigures | undefined>>;
  figuresBlocked?: Readonly<Record<string, Date | undefined>>;
  /** Names of batches that are not noted any more. */
  writing?: Readonly<Record<string, undefined>>;
  changesSince?: Date;
  figuresLookAt?: Date;
  sealedFrom?: Date;
  sealedTo?: Date;
}

/** When sums that were removed may be made again. */
export interface Invalidating {
  from: Date;
  /** A batch that begins. */
  begin?: { name: string; writing: Writing } | undefined;
  /** Name of a batch that has ended. */
  end?: string | undefined;
}

/** The pages of sums of all projects. */
export interface RollupPages {
  /** Pages of a project by their periods, with undefined for those that are not there, in one query. */
  read(
    projectId: string,
    periods: readonly string[],
  ): Promise<Map<string, RollupPageDocument | undefined>>;
  /** The page of a period, made if it is not there. */
  open(projectId: string, period: string): Promise<RollupPageDocument>;
  /** Change a page if no sum was taken from it since it was read; false when one was. */
  write(page: RollupPageDocument, change: PageChange): Promise<boolean>;
  /**
   * Remove the sums of all periods with these times; they may be summed again from a time on. Begin to note a batch
   * before, or end to note it after.
   */
  invalidate(projectId: string, times: readonly number[], change: Invalidating): Promise<void>;
  /** Remove the figures of all periods with these times; those of their hours may be made again from a time on. */
  dropFigures(projectId: string, times: readonly number[], again?: Date): Promise<void>;
  /** Remove all sums of a project. Nothing is summed again before a time. */
  invalidateProject(projectId: string, blockedUntil: Date): Promise<void>;
  /** Those of these projects that have sums. */
  builtProjects(projectIds: readonly string[]): Promise<string[]>;
}

/** How pages are read. */
export interface ReadOptions {
  maxTimeMS?: number;
  /** What is left out. */
  without?: readonly ("sums" | "figures" | "tags" | "tagFigures")[];
}

/** What is removed of a part with its sum. */
const PARTS = ["sums", "figures", "tags", "tagFigures", "figuresBlocked"] as const;

/** The pages of sums in a MongoDB collection. */
export function createRollupPages(
  periodSums: Collection<RollupPageDocument>,
  { without = [], ...options }: ReadOptions = {},
): RollupPages {
  const projection = Object.fromEntries(without.map((field) => [field, 0]));
  return {
    async read(projectId, periods) {
      const ids = periods.map((period) => idOf(projectId, period));
      // The page of the whole log first, whose version changes last: one that is read with a sum that is gone is an old one.
      const found = await periodSums
        .find({ _id: { $in: ids } }, { sort: { _id: 1 }, projection, ...options })
        .toArray();
      const byId = new Map(found.map((page) => [page._id, page]));
      return new Map(periods.map((period, index) => [period, byId.get(ids[index]!)]));
    },

    open: (projectId, period) => openPage(periodSums, projectId, period),

    write: (page, change) => writePage(periodSums, page, change),

    async invalidate(projectId, times, change) {
      if (times.length === 0) return;
      const updates = allInvalidations(projectId, times, change);
      // In order: a longer period is made of shorter ones, so it must not be made after they are gone from the ones that it is made of.
      await periodSums.bulkWrite(updates, { ordered: true });
    },

    async dropFigures(projectId, times, again) {
      if (times.length === 0) return;
      const updates = invalidations(times).map(([period, parts]) => {
        const names = [...parts];
        const waiting = names.filter((name) => again !== undefined && levelOf(name) === "hour");
        const fields = ["figures", "tagFigures", ...(waiting.length > 0 ? [] : ["figuresBlocked"])];
        const blocked = Object.fromEntries(waiting.map((name) => [name, again]));
        return {
          updateOne: {
            filter: { _id: idOf(projectId, period) },
            update: {
              $set: { version: randomUUID(), ...prefixed("figuresBlocked", blocked) },
              $unset: unsetOf(fields, names),
            },
          },
        };
      });
      await periodSums.bulkWrite(updates, { ordered: true });
    },

    async invalidateProject(projectId, blockedUntil) {
      const root = { _id: rootId(projectId) };
      const update = { $set: { version: randomUUID(), projectId, blockedUntil } };
      await periodSums.updateOne(root, update, { upsert: true });
      await periodSums.updateMany(pagesOf(projectId), {
        $set: { version: randomUUID() },
        $unset: Object.fromEntries([...PARTS, "sealedTo"].map((field) => [field, ""])),
      });
    },

    async builtProjects(projectIds) {
      const ids = projectIds.map(rootId);
      const roots = periodSums.find({ _id: { $in: ids }, sealedTo: { $exists: true } });
      const found = await roots.project<{ projectId: string }>({ projectId: 1 }).toArray();
      return found.map(({ projectId }) => projectId);
    },
  };
}

/**
 * Id of the page of a project's whole log. Its version changes whenever a sum of the project is removed.
 */
export function rootId(projectId: string): string {
  return idOf(projectId, ROOT);
}

function idOf(projectId: string, period: string): string {
  return `${projectId}|${period}`;
}

function pagesOf(projectId: string) {
  return { _id: { $gte: `${projectId}|`, $lt: `${projectId}}` } };
}

async function writePage(
  periodSums: Collection<RollupPageDocument>,
  { _id, version }: RollupPageDocument,
  change: PageChange,
): Promise<boolean> {
  const { sums = {}, blocked = {}, figures = {}, tags = {}, tagFigures = {}, ...others } = change;
  const { figuresBlocked = {}, writing = {}, isRenewed = false, ...times } = others;
  const set = {
    ...(isRenewed && { version: randomUUID() }),
    ...prefixed("writing", writing),
    ...prefixed("sums", sums),
    ...prefixed("blocked", blocked),
    ...prefixed("figures", figures),
    ...prefixed("tags", tags),
    ...prefixed("tagFigures", tagFigures),
    ...prefixed("figuresBlocked", figuresBlocked),
    ...times,
  };
  const given = Object.entries(set).filter(([, value]) => value !== undefined);
  const taken = Object.entries(set).filter(([, value]) => value === undefined);
  if (given.length + taken.length === 0) return true;
  const { matchedCount } = await periodSums.updateOne(
    { _id, version },
    {
      ...(given.length > 0 && { $set: Object.fromEntries(given) }),
      ...(taken.length > 0 && { $unset: Object.fromEntries(taken.map(([key]) => [key, ""])) }),
    },
  );
  return matchedCount === 1;
}

function allInvalidations(
  projectId: string,
  times: readonly number[],
  { from, begin, end }: Invalidating,
): AnyBulkWriteOperation<RollupPageDocument>[] {
  const updates = invalidations(times).map(([period, parts]) =>
    invalidation({ projectId, period, parts, blockedUntil: from }),
  );
  const root = (update: UpdateFilter<RollupPageDocument>) => ({
    updateOne: { filter: { _id: rootId(projectId) }, update, upsert: true },
  });
  const version = () => ({ projectId, version: randomUUID() });
  const begins =
    begin && root({ $set: { ...version(), [`writing.${begin.name}`]: begin.writing } });
  const ends = end && root({ $set: version(), $unset: { [`writing.${end}`]: "" } });
  return [...(begins ? [begins] : []), ...updates, ...(ends ? [ends] : [])];
}

async function openPage(
  periodSums: Collection<RollupPageDocument>,
  projectId: string,
  period: string,
): Promise<RollupPageDocument> {
  const _id = idOf(projectId, period);
  const present = await periodSums.findOne({ _id });
  if (present !== null) return present;
  const page = { _id, projectId, version: randomUUID() };
  try {
    await periodSums.insertOne(page);
    return page;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return openPage(periodSums, projectId, period);
  }
}

/** Parts to remove from each page: hours before days before months. */
function invalidations(times: readonly number[]): [period: string, parts: Set<string>][] {
  const named = times.map((time) => Math.min(Math.max(time, NAMED_TIMES.from), NAMED_TIMES.to - 1));
  let parts = [...new Set(named.map((time) => periodAt("hour", time)))];
  const pages: [string, Set<string>][] = [];
  for (let level = 0; level < 3; level += 1) {
    const byPage = new Map<string, Set<string>>();
    for (const part of parts) {
      const page = byPage.get(parentOf(part)) ?? new Set();
      byPage.set(parentOf(part), page.add(part));
    }
    pages.push(...byPage);
    parts = [...byPage.keys()];
  }
  return pages;
}

interface Invalidation {
  projectId: string;
  period: string;
  parts: ReadonlySet<string>;
  blockedUntil: Date;
}

function invalidation({
  projectId,
  period,
  parts,
  blockedUntil,
}: Invalidation): AnyBulkWriteOperation<RollupPageDocument> {
  const names = [...parts];
  return {
    updateOne: {
      filter: { _id: idOf(projectId, period) },
      update: {
        $set: { version: randomUUID(), projectId },
        $max: Object.fromEntries(names.map((name) => [`blocked.${name}`, blockedUntil])),
        $unset: unsetOf(PARTS, names),
      },
      upsert: true,
    },
  };
}

function unsetOf(fields: readonly string[], parts: readonly string[]): Record<string, ""> {
  return Object.fromEntries(
    fields.flatMap((field) => parts.map((part) => [`${field}.${part}`, ""] as const)),
  );
}

function prefixed<V>(field: string, values: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${field}.${name}`, value]),
  );
}
