import { randomUUID } from "node:crypto";

import type { CallRecord } from "@call-log/model";

import type { Collections } from "../collections.ts";
import { buildFigures } from "./build-figures.ts";
import type { RollupBuild } from "./build-hours.ts";
import { buildProject } from "./build-project.ts";
import { isEmpty, partsOf, rangeOf, ROOT } from "./period.ts";
import { builtRange } from "./plan-range.ts";
import { createRollupPages, type RollupPages } from "./rollup-pages.ts";
import { ANNOUNCED_MS, LATE_AFTER_MS, buildableUntil } from "./rollup-times.ts";
import { verifyDay } from "./verify-day.ts";
import { verifyHour } from "./verify-hour.ts";
import { verifyTags } from "./verify-tags.ts";

/** What is written about a call whose sum may be affected. */
type Created = Pick<CallRecord, "projectId" | "createdAt">;

/** A round of summing. */
export interface BuildRound {
  /** No day is begun after so many milliseconds. */
  budgetMs: number;
  /** New calls of a project needed before more of its log is summed. @defaultValue 500 */
  minNewCalls?: number;
}

/** Rollups: counts of calls by status over closed periods, which the count of a list is made of. */
export interface RollupStore {
  /**
   * Call before inserting calls: the past periods that they fall into are not built until they are inserted, or for five
   * minutes. Returns the name of the batch.
   */
  announce(calls: readonly Created[]): Promise<string>;
  /**
   * Call after inserting calls, with the name of the batch: rollups of the past periods that they fell into are removed,
   * and may be built again.
   */
  inserted(calls: readonly Created[], name: string): Promise<void>;
  /** Call before and after changing the retention of a project: removes its rollups. */
  retentionChanges(projectId: string): Promise<void>;
  /** Build what is due in some projects; several processes may do so at once. False if there is more to do. */
  build(round: BuildRound): Promise<boolean>;
  /**
   * Recount one random built day, and make the figures and tags of one of its hours again; returns the periods whose rollup was
   * wrong and is now removed.
   */
  verify(): Promise<{ projectId: string; wrong: string[] } | undefined>;
}

/** Where the sums are. */
export interface RollupStoreDeps {
  collections: Pick<Collections, "callLogs" | "projects" | "periodSums">;
  now: () => Date;
  /** From 0 on and below 1. @defaultValue `Math.random` */
  random?: () => number;
}

/** Most projects that one round looks at. */
const MAX_PROJECTS = 50;
const MIN_NEW_CALLS = 500;

/** Keeps sums in a MongoDB collection. */
export function createRollupStore({
  collections,
  now,
  random = Math.random,
}: RollupStoreDeps): RollupStore {
  const pages = createRollupPages(collections.periodSums);

  const buildOf = (projectId: string): RollupBuild => {
    const time = now();
    return { collections, pages, projectId, now: time, clock: now, edge: buildableUntil(time) };
  };

  const pick = <T>(values: readonly T[]): T | undefined =>
    values[Math.floor(random() * values.length)];
  const projectIds = async () =>
    (await collections.projects.find({}, { projection: { _id: 1 } }).toArray()).map(
      ({ _id }) => _id,
    );

  return {
    announce: (calls) => announce(pages, calls, now()),
    async inserted(calls, name) {
      for (const [projectId, times] of lateTimes(calls, now()))
        await pages.invalidate(projectId, times, { from: now(), end: name });
    },
    retentionChanges: (projectId) =>
      pages.invalidateProject(projectId, new Date(now().getTime() + ANNOUNCED_MS)),

    async build({ budgetMs, minNewCalls = MIN_NEW_CALLS }) {
      const endAt = performance.now() + budgetMs;
      const isTimeUp = () => performance.now() >= endAt;
      const ids = await projectIds();
      const first = Math.floor(random() * ids.length);
      const turns = [...ids.slice(first), ...ids.slice(0, first)].slice(0, MAX_PROJECTS);
      for (const [index, projectId] of turns.entries()) {
        if (index > 0 && isTimeUp()) return false;
        const build = buildOf(projectId);
        if (!(await buildProject(build, { minNewCalls, isTimeUp }))) return false;
        if (!(await buildFigures(build, isTimeUp))) return false;
      }
      return true;
    },

    async verify() {
      const projectId = pick(await pages.builtProjects(await projectIds()));
      if (projectId === undefined) return undefined;
      const root = (await pages.read(projectId, [ROOT])).get(ROOT);
      const summed = builtRange(root);
      const month = isEmpty(summed) ? undefined : pick(partsOf(ROOT, summed));
      const day = month && pick(partsOf(month, summed));
      if (day === undefined) return undefined;
      const build = buildOf(projectId);
      const hour = pick(partsOf(day, summed));
      const ofHour =
        hour === undefined
          ? []
          : [...(await verifyHour(build, hour)), ...(await verifyTags(build, hour))];
      const wrong = [...new Set([...(await verifyDay(build, day)), ...ofHour])];
      if (wrong.length > 0)
        await pages.invalidate(projectId, wrong.map(startOf(day)), { from: now() });
      return { projectId, wrong };
    },
  };
}

async function announce(
  pages: RollupPages,
  calls: readonly Created[],
  from: Date,
): Promise<string> {
  const name = randomUUID();
  const until = new Date(from.getTime() + ANNOUNCED_MS);
  for (const [projectId, times] of lateTimes(calls, from)) {
    const writing = { ...spanOf(times), until };
    await pages.invalidate(projectId, times, { from, begin: { name, writing } });
  }
  return name;
}

// Times of the calls that may fall into a built period, by project.
function lateTimes(calls: readonly Created[], now: Date): Map<string, number[]> {
  const limit = now.getTime() - LATE_AFTER_MS;
  const times = new Map<string, number[]>();
  for (const { projectId, createdAt } of calls)
    if (createdAt.getTime() < limit)
      times.set(projectId, [...(times.get(projectId) ?? []), createdAt.getTime()]);
  return times;
}

function spanOf(times: readonly number[]): { from: Date; to: Date } {
  const from = times.reduce((a, b) => Math.min(a, b));
  const to = times.reduce((a, b) => Math.max(a, b));
  return { from: new Date(from), to: new Date(to) };
}

// A wrong sum of the day or its month goes with that of the first hour.
function startOf(day: string): (period: string) => number {
  return (period) => rangeOf(period.length < day.length ? day : period).from;
}
